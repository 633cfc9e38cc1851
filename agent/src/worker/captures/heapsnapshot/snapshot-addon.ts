import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The addon as this thread uses it: see `agent/native/snapshot-child.c`. */
export interface SnapshotAddon {
  /** 0 when there are too many. */
  openTicket(): number;
  /** The descriptor to read the child's snapshot from, which is the caller's from now on; -1 when there is none. */
  takeOutput(ticket: number): number;
  /** The child's wait status; -1 while it lives, -2 when it is gone and nobody knows how. */
  reap(ticket: number): number;
  kill(ticket: number): void;
  closeTicket(ticket: number): void;
  noteMarks(): void;
  restoreMarks(): void;
}

export type FoundAddon = { addon: SnapshotAddon; path: string } | { missing: string };

/** Finds the addon that fits this system: one that came with the package before one that was built at its installation. */
export function findSnapshotAddon(folder = nativeFolder()): FoundAddon {
  if (process.platform !== 'linux') return { missing: `there is none for ${process.platform}` };
  const system = `linux-${process.arch}`;
  const path = [
    `${folder}prebuilt/${system}-${isMusl() ? 'musl' : 'glibc'}.node`,
    `${folder}built/${system}.node`,
  ].find((candidate) => existsSync(candidate));
  if (path === undefined) {
    return {
      missing: `none came with the agent for ${system}, and none was built when it was installed (that takes a C compiler)`,
    };
  }
  try {
    return { addon: createRequire(path)(path) as SnapshotAddon, path };
  } catch (error) {
    return { missing: `it cannot be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Beside the sources, and two folders further down in the package. */
function nativeFolder(): string {
  const toAgent = import.meta.url.endsWith('.ts') ? '../../../../' : '../../../../../../';
  return fileURLToPath(new URL(`${toAgent}native/`, import.meta.url));
}

/** Which C library Node itself runs on: not always the one that the system was made with. */
function isMusl(): boolean {
  try {
    return readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-');
  } catch {
    return false;
  }
}
