import { pathToFileURL } from 'node:url';
import type { CallFrame } from './call-frame.ts';

/** A place as the agent's thread has it. */
export interface LocatedFrame extends Omit<CallFrame, 'file'> {
  /** `file:`, `node:` or whatever the code was compiled under; empty for native code. */
  url: string;
}

/**
 * CommonJS modules are known by their path and ES modules by their URL: alike everywhere else, they are alike here. Not for
 * use in a thread of the service: Node parses URLs through a buffer that all of a thread share, and whoever is
 * interrupted while parsing one would get ours.
 */
export function locate({ file, ...frame }: CallFrame): LocatedFrame {
  const isPath = file.startsWith('/') || /^[a-z]:\\/i.test(file);
  return { ...frame, url: isPath ? pathToFileURL(file).href : file };
}
