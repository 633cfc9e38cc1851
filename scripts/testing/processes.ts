import { readdirSync, readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number by when it began. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly startedAt: string;
  readonly command: string;
}

/** Every process of this machine, as /proc tells it. Zombies are not running any more. */
function listProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

function readProcess(pid: number): RunningProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may hold anything; after it come state, parent, …, and the start as the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), startedAt: fields[19] ?? '', command };
  } catch {
    return undefined;
  }
}

/** Whatever a process has started, directly or not. */
export function descendantsOf(pid: number): RunningProcess[] {
  const all = listProcesses();
  const found: RunningProcess[] = [];
  const parents = new Set([pid]);
  for (let before = -1; before !== parents.size; ) {
    before = parents.size;
    for (const candidate of all) {
      if (parents.has(candidate.pid) || !parents.has(candidate.parent)) continue;
      parents.add(candidate.pid);
      found.push(candidate);
    }
  }
  return found;
}

/** Those of them that still run. */
export function stillRunning(processes: readonly RunningProcess[]): RunningProcess[] {
  return processes.filter(({ pid, startedAt }) => readProcess(pid)?.startedAt === startedAt);
}
