import { performance } from 'node:perf_hooks';

/**
 * Time that this thread has had since it began: on a processor, or with nothing to do. On a machine that is busy with other
 * things it is less than what the clock says, and the thread cannot spare more of it for that. Before Node 23.9 the
 * processor time is that of the whole process, which is never less.
 */
export function givenTimeMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return performance.eventLoopUtilization().idle + (user + system) / 1000;
}
