import { createServer } from 'node:net';
import { PortInUse } from '../errors.ts';
import type { InstancePlan } from '../plan.ts';

/** @throws {PortInUse} naming the first port of the plan that cannot be had. */
export async function requireFreePorts(plan: readonly InstancePlan[]): Promise<void> {
  for (const { port, name } of plan) {
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
