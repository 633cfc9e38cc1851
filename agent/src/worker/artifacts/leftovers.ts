import { createHash } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * The folder's name tells whose it is. The host is part of it because containers may share a temporary folder, and
 * a process id of one says nothing in the other.
 */
export function folderPrefix(): string {
  return `${hostPrefix()}${process.pid}-`;
}

function hostPrefix(): string {
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  return `opscenter-agent-${host}-`;
}

/** Removes what processes of this user left behind that ended without cleaning up. Never throws. */
export async function sweepLeftovers(processStartedAtMs: number): Promise<void> {
  const prefix = hostPrefix();
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split('-', 1)[0]);
    const path = join(tmpdir(), name);
    if (await isLeftover(path, pid, processStartedAtMs)) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}

async function isLeftover(path: string, pid: number, processStartedAtMs: number): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory() || found.uid !== userInfo().uid || !Number.isSafeInteger(pid)) return false;
  // In a container every process may have the same id: older than this process is then another one's.
  if (pid === process.pid) return found.ctimeMs < processStartedAtMs;
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
