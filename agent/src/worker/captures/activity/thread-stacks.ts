import { setTimeout as sleep } from 'node:timers/promises';
import { type LocatedFrame, locate } from '../../../in-thread/stacks/frame-url.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory, ThreadFacts } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { within } from '../../within.ts';
import { mainThreadProbe, workerThreadProbe } from '../thread-probe.ts';

/** As the artifact has it, see `profile/activity/activity.ts`. */
export interface ThreadActivity {
  id: string;
  name: string;
  state: 'executing' | 'idle' | 'stuck' | 'unknown';
  samples: number;
  stacks: { samples: number; frames: LocatedFrame[] }[];
}

const samples = 20;
const sampleEveryMs = 2;
/** A thread that does not answer for this long is taken to be stuck, or to be in a native call. */
const unresponsiveAfterMs = 300;
/** To reach a thread for the first time, on a machine that is busy with other things. */
const reachLimitMs = 2_000;
const mostThreads = 64;
const mostAtOnce = 8;
const mostStacks = 5;

/** What every thread of the service executes: some samples of each, taken in the middle of it. */
export async function readThreadStacks(
  threads: ThreadDirectory,
  pulse: MainThreadPulse,
  signal: AbortSignal,
): Promise<ThreadActivity[]> {
  const waiting = (await threads.list()).slice(0, mostThreads);
  const read: ThreadActivity[] = [];
  while (waiting.length > 0) {
    signal.throwIfAborted();
    const some = waiting.splice(0, mostAtOnce);
    read.push(...(await Promise.all(some.map((thread) => readThread(threads, pulse, thread, signal)))));
  }
  return read;
}

async function readThread(
  threads: ThreadDirectory,
  pulse: MainThreadPulse,
  { id, name }: ThreadFacts,
  signal: AbortSignal,
): Promise<ThreadActivity> {
  const unknown: ThreadActivity = { id, name, state: 'unknown', samples: 0, stacks: [] };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(reachLimitMs)]);
  try {
    using session = await threads.open(id, limit);
    const probe = id === 'main' ? mainThreadProbe(pulse) : workerThreadProbe(session);
    const turned = probe.answersWithin(unresponsiveAfterMs);
    const seen = await sample(session);
    if (seen.length === 0) return unknown;
    const executing = seen.filter((frames) => frames.length > 0);
    const isBusy = executing.length * 2 >= seen.length;
    const state = !isBusy ? 'idle' : (await turned) ? 'executing' : 'stuck';
    return { id, name, state, samples: seen.length, stacks: group(executing) };
  } catch {
    // It has ended, or the main thread, through which it is asked, is in a native call.
    return unknown;
  }
}

/** Empty stacks are those of a thread that was waiting for events. */
async function sample(session: ThreadSession): Promise<LocatedFrame[][]> {
  const seen: LocatedFrame[][] = [];
  while (seen.length < samples) {
    const limitMs = seen.length === 0 ? reachLimitMs : unresponsiveAfterMs;
    const frames = await within(limitMs, callTool(session, 'readStack'));
    if (!frames) break;
    seen.push(frames.map(locate));
    await sleep(sampleEveryMs);
  }
  return seen;
}

function group(stacks: LocatedFrame[][]): ThreadActivity['stacks'] {
  const groups = new Map<string, { samples: number; frames: LocatedFrame[] }>();
  for (const frames of stacks) {
    const key = JSON.stringify(frames);
    const known = groups.get(key);
    if (known) known.samples += 1;
    else groups.set(key, { samples: 1, frames });
  }
  return [...groups.values()].sort((one, other) => other.samples - one.samples).slice(0, mostStacks);
}
