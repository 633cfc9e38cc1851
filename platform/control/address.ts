import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A longer path of a Unix socket is cut off silently on some systems. */
const MAX_SOCKET_PATH = 100;

/** Where the supervisor of a data folder listens. */
export function toControlAddress(dataDirectory: string): string {
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\opscenter-platform-${name}`;
  const path = join(dataDirectory, 'platform.sock');
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH
    ? path
    : join(tmpdir(), `opscenter-platform-${name}.sock`);
}
