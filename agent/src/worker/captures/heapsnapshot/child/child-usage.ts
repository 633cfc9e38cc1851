import { readFileSync } from 'node:fs';

/** What a process is at and has taken, as the kernel counts it. */
export interface ChildUsage {
  /** R runs or would if it could, D waits for the disk, S sleeps, T is stopped, Z is over. */
  state: string;
  cpuMs: number;
  /** Anonymous memory that is resident, what it has in common with its parent included. */
  anonymousBytes: number;
}

/** Linux counts in hundredths of a second for every program, whatever its own clock does. */
const msPerTick = 10;

/** Undefined when there is no such process any more. */
export function readChildUsage(pid: number): ChildUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return {
      state: fields[0] ?? '',
      cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick,
      anonymousBytes: Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024,
    };
  } catch {
    return undefined;
  }
}
