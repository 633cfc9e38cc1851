/** Those that the agent's README lists, and which of them it traces when none are named. */
export const TRACE_CATEGORIES = [
  { name: 'v8', isUsual: true },
  { name: 'node.http', isUsual: true },
  { name: 'node.perf', isUsual: true },
  { name: 'node.async_hooks', isUsual: false },
  { name: 'node.fs.sync', isUsual: false },
  { name: 'node.fs.async', isUsual: false },
] as const;

export type TraceCategory = (typeof TRACE_CATEGORIES)[number]['name'];
