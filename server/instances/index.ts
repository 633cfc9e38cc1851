export { InstanceDirectory, type InstanceDirectoryOptions } from './instance-directory.ts';
