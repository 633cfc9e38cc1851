/**
 * Those of the agent's README that can be left out, and which of them it traces when none are named. What shows when a
 * thread executed, waited or collected garbage is in every trace.
 */
export const TRACE_CATEGORIES = [
  { name: 'node.perf', isUsual: true },
  { name: 'node.http', isUsual: false },
  { name: 'node.environment', isUsual: false },
  { name: 'node.fs.sync', isUsual: false },
  { name: 'node.fs.async', isUsual: false },
  { name: 'node.dns.native', isUsual: false },
  { name: 'node.net.native', isUsual: false },
  { name: 'node.threadpoolwork.async', isUsual: false },
  { name: 'node.promises.rejections', isUsual: false },
  { name: 'node.console', isUsual: false },
  { name: 'node.vm.script', isUsual: false },
  { name: 'disabled-by-default-v8.gc', isUsual: false },
] as const;

export type TraceCategory = (typeof TRACE_CATEGORIES)[number]['name'];

/** In every trace; named alone it asks for nothing else. */
export const ALWAYS_TRACED = 'v8';
