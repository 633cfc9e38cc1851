import { setTimeout as sleep } from 'node:timers/promises';
import { Link } from '../link/link.ts';

const REDIAL_MS = 200;
const PATIENCE_MS = 8_000;

/** Players come when the doors are open: what fails while everything is still starting is nobody's experience. */
export async function untilGatewayOpens(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    try {
      (await Link.open(url)).close();
      return;
    } catch {
      await sleep(REDIAL_MS);
    }
  }
}
