import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** What a child of this process may take before somebody is killed. */
export interface HostMemory {
  availableBytes: number;
  /** Whose limit that is, to go into a sentence. */
  whose: 'the container' | 'the machine';
}

/** Reads small files of the kernel, which takes well below a millisecond. */
export function readHostMemory(root = '/'): HostMemory {
  const machine = { availableBytes: readMachine(root), whose: 'the machine' as const };
  const left = readGroups(root);
  if (left >= machine.availableBytes) return machine;
  return { availableBytes: Math.max(0, left), whose: 'the container' };
}

function readMachine(root: string): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(read(root, 'proc/meminfo') ?? '')?.[1];
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
}

/** The least that any control group above this process leaves; the kernel counts the child to all of them. */
function readGroups(root: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of (read(root, 'proc/self/cgroup') ?? '').split('\n')) {
    // "0::/a/b" for version 2, "4:memory:/a/b" for version 1.
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined || controllers === undefined) continue;
    if (controllers === '') least = Math.min(least, leastAlong(path, 'sys/fs/cgroup', root, version2));
    else if (controllers.split(',').includes('memory')) {
      least = Math.min(least, leastAlong(path, 'sys/fs/cgroup/memory', root, version1));
    }
  }
  return least;
}

interface GroupFiles {
  limit: string;
  usage: string;
  /** Of the files in the cache, those that the kernel drops before it kills anybody. */
  cache: RegExp;
}

const version2: GroupFiles = {
  limit: 'memory.max',
  usage: 'memory.current',
  cache: /^inactive_file (\d+)$/m,
};
const version1: GroupFiles = {
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  cache: /^total_inactive_file (\d+)$/m,
};

/** From the group up to the root of what is mounted, which is the container's own group in a namespace of its own. */
function leastAlong(path: string, mount: string, root: string, files: GroupFiles): number {
  const names = path.split('/').filter((name) => name !== '');
  let least = Number.POSITIVE_INFINITY;
  for (let depth = names.length; depth >= 0; depth -= 1) {
    least = Math.min(least, leftIn(join(root, mount, ...names.slice(0, depth)), files));
  }
  return least;
}

function leftIn(folder: string, files: GroupFiles): number {
  // "max" where there is no limit; version 1 says a number beyond any memory.
  const limit = Number(read(folder, files.limit)?.trim() || Number.NaN);
  if (!Number.isFinite(limit)) return Number.POSITIVE_INFINITY;
  const usage = Number(read(folder, files.usage)?.trim() || 0);
  const cache = Number(files.cache.exec(read(folder, 'memory.stat') ?? '')?.[1] ?? 0);
  return limit - usage + cache;
}

function read(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'latin1');
  } catch {
    return undefined;
  }
}
