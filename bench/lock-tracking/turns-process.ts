import { startAgent } from '@opscenter/agent';
import { answerParent } from '../harness/child.ts';

/** Where the agent's own thread finds what it may ask of this one. */
interface Tools {
  startLocks(): unknown;
  finishLocks(): { spared: number } | null;
}

const agent = startAgent({ service: 'turns', server: '127.0.0.1:1', token: 'nobody-listens' });
const lock = agent.trackLock({ id: 'lock:turns', name: 'Turns' });

/** Processor time of this thread, in nanoseconds: on a busy machine the clock on the wall tells of the others. */
function cpuNanos(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) * 1000;
}

/** Takes the lock so often, as a service does that finds it free. @returns nanoseconds each time */
function takeTurns(count: number): number {
  const started = cpuNanos();
  for (let turn = 0; turn < count; turn += 1) {
    const one = lock.waiting();
    one.acquired();
    one.released();
  }
  return (cpuNanos() - started) / count;
}

/** The same with one who waits behind each. */
function takeContendedTurns(count: number): number {
  const started = cpuNanos();
  let holder = lock.waiting();
  holder.acquired();
  for (let turn = 0; turn < count; turn += 1) {
    const next = lock.waiting();
    holder.released();
    next.acquired();
    holder = next;
  }
  holder.released();
  return (cpuNanos() - started) / count;
}

answerParent({
  free: takeTurns,
  contended: takeContendedTurns,
  recorded: (count: number) => {
    const tools = (globalThis as unknown as Record<symbol, Tools>)[
      Symbol.for('opscenter.agent.thread-tools')
    ];
    tools?.startLocks();
    const nanos = takeContendedTurns(count);
    const table = tools?.finishLocks();
    if (!table) throw new Error('Nothing was recorded');
    return { nanos, spared: table.spared };
  },
});
