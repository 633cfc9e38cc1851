import type { CallSite } from './call-sites.ts';

/** A place in the code that called. Lines and columns count from 1; 0 is not known. */
export interface CallFrame {
  /** Empty for an anonymous function. */
  name: string;
  /** As V8 has it: a path of a CommonJS module, `file:`, `node:` or whatever the code was compiled under; empty for native code. */
  file: string;
  line: number;
  column: number;
  /** Where the function begins. */
  functionLine: number;
}

export function toFrame(site: CallSite): CallFrame {
  return {
    name: (site.getFunctionName() ?? '').slice(0, 256),
    file: (site.getFileName() ?? '').slice(0, 2048),
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
    functionLine: site.getEnclosingLineNumber() ?? 0,
  };
}
