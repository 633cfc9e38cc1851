import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A TCP connection on loopback, seen from this process. */
export interface SocketPair {
  localPort: number;
  peerPort: number;
}

const TABLE = '/proc/net/tcp';
const POLL_MS = 50;

/**
 * Those of the pairs that the system still keeps after the time given, in whatever state; undefined on a system that
 * has no such table.
 */
export async function findLeftOver(
  pairs: readonly SocketPair[],
  withinMs: number,
): Promise<readonly SocketPair[] | undefined> {
  const deadline = performance.now() + withinMs;
  while (true) {
    const table = await readFile(TABLE, 'utf8').catch(() => undefined);
    if (table === undefined) return undefined;
    const kept = parseSocketTable(table);
    const left = pairs.filter(({ localPort, peerPort }) => kept.has(`${localPort}-${peerPort}`));
    if (left.length === 0 || performance.now() >= deadline) return left;
    await sleep(POLL_MS);
  }
}

/** The pairs of a Linux table of TCP sockets (proc(5)), as `localPort-peerPort`. */
export function parseSocketTable(table: string): Set<string> {
  const pairs = new Set<string>();
  for (const line of table.split('\n').slice(1)) {
    const [, local, peer] = line.trim().split(/\s+/);
    if (local && peer) pairs.add(`${portOf(local)}-${portOf(peer)}`);
  }
  return pairs;
}

/** Addresses are hexadecimal, such as 0100007F:7153. */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16);
}
