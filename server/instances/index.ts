export { AgentClient } from './agent-client.ts';
export { toCaptureKind, toCaptureKindMessage } from './capture-kinds.ts';
export { InstanceDirectory, type InstanceDirectoryOptions } from './instance-directory.ts';
export { toText } from './text.ts';
