import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import type { MainThreadPulse } from '../vitals/main-thread-pulse.ts';
import { ActivityMethod } from './activity/activity-method.ts';
import type { CaptureMethod } from './capture-method.ts';
import { CpuMethod } from './cpu.ts';
import { allocated, HeapMethod, inUse } from './heap.ts';
import { HeapSampler } from './heap-sampler.ts';
import { HeapSnapshotMethod } from './heapsnapshot/heapsnapshot-method.ts';
import { LockMethod } from './lock/lock-method.ts';
import { TraceMethod } from './trace/trace-method.ts';
import { WaitMethod } from './wait/wait-method.ts';

/** Every kind of capture that this agent records. */
export function captureMethods(
  threads: ThreadDirectory,
  pulse: MainThreadPulse,
  service: string,
): CaptureMethod[] {
  const sampler = new HeapSampler(threads);
  return [
    new CpuMethod(threads, pulse),
    new HeapMethod(inUse, threads, pulse, sampler),
    new HeapMethod(allocated, threads, pulse, sampler),
    new HeapSnapshotMethod(threads, pulse),
    new LockMethod(threads, pulse, service),
    new WaitMethod(threads, pulse, service),
    new ActivityMethod(threads, pulse),
    new TraceMethod(threads, pulse, service),
  ];
}
