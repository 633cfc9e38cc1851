import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Processor time since the start, in milliseconds. */
export interface RecorderTimes {
  /** Of the agent's own thread, which may work for several captures. */
  agentMs: number;
  /** Of the threads that V8 and Node have started to record. */
  enginesMs: number;
}

/** As the kernel shows their names, of at most 15 characters: the CPU profiler's, on every Node, and NodeTracing's. */
const engineNames: readonly string[] = ['v8:ProfEvntProc', 'TraceEventWorke'];
const tasks = '/proc/self/task';

/** The threads that record for one capture: the agent's own, and those that have appeared since it began. */
export class RecorderThreads {
  readonly #own = findOwnThread();
  /** Those that were there already are somebody else's. */
  readonly #others = new Set(this.#own === undefined ? [] : readdirSync(tasks));
  readonly #enginesMs = new Map<string, number>();

  /** Undefined where that cannot be measured. Takes some 0.3 ms. */
  read(): RecorderTimes | undefined {
    if (this.#own === undefined) return undefined;
    try {
      const agentMs = readTimeMs(this.#own);
      for (const thread of readdirSync(tasks)) this.#look(thread);
      return { agentMs, enginesMs: [...this.#enginesMs.values()].reduce((sum, ms) => sum + ms, 0) };
    } catch {
      return undefined;
    }
  }

  /** What a thread has taken that is gone by now stays known from the reading before. */
  #look(thread: string): void {
    if (this.#others.has(thread)) return;
    try {
      const isKnown = this.#enginesMs.has(thread);
      const name = isKnown ? '' : readFileSync(`${tasks}/${thread}/comm`, 'latin1').trim();
      if (isKnown || engineNames.includes(name)) this.#enginesMs.set(thread, readTimeMs(thread));
      else this.#others.add(thread);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Undefined on other systems than Linux, and where the kernel keeps no times of threads. */
function findOwnThread(): string | undefined {
  try {
    const own = basename(readlinkSync('/proc/thread-self'));
    return Number.isFinite(readTimeMs(own)) ? own : undefined;
  } catch {
    return undefined;
  }
}

/** The first number of its schedstat is what it has run, in nanoseconds. */
function readTimeMs(thread: string): number {
  return Number(readFileSync(`${tasks}/${thread}/schedstat`, 'latin1').split(' ', 1)[0]) / 1e6;
}
