import { pathToFileURL } from 'node:url';
import type { CallSite } from './call-sites.ts';

/** A place in the code that called. Lines and columns count from 1; 0 is not known. */
export interface CallFrame {
  /** Empty for an anonymous function. */
  name: string;
  /** `file:`, `node:` or whatever the code was compiled under; empty for native code. */
  url: string;
  line: number;
  column: number;
  /** Where the function begins. */
  functionLine: number;
}

export function toFrame(site: CallSite): CallFrame {
  return {
    name: (site.getFunctionName() ?? '').slice(0, 256),
    url: toUrl(site.getFileName() ?? '').slice(0, 2048),
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
    functionLine: site.getEnclosingLineNumber() ?? 0,
  };
}

/** CommonJS modules are known by their path and ES modules by their URL: alike everywhere else, they are alike here. */
function toUrl(file: string): string {
  const isPath = file.startsWith('/') || /^[a-z]:\\/i.test(file);
  return isPath ? pathToFileURL(file).href : file;
}
