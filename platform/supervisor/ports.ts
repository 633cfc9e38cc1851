import { createServer } from 'node:net';
import { PortInUse } from '../errors.ts';

/** @throws {PortInUse} naming the first port that cannot be had. */
export async function requireFreePorts(wanted: readonly { port: number; name: string }[]): Promise<void> {
  for (const { port, name } of wanted) {
    if (!(await isFree(port))) throw new PortInUse(port, name);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
