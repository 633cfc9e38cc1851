import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, journey, whenAllAreConnected } from './journey.ts';
import {
  type Action,
  calmLogins,
  confirm,
  connectionsTo,
  isFinal,
  preview,
  setPools,
  touchedBy,
  whenDrainWouldTake,
} from './platform-facts.ts';
import type { Product } from './product.ts';

/** Moments after the confirmation, in milliseconds: before, in the middle of and after what the instance does. */
const MOMENTS = [0, 40, 400, 1_500];

const victims = {
  server: async (product: Product) => product.killServer(),
  gateway: async (product: Product) => void (await product.platform('kill', 'bg-gate')),
  pod: async (product: Product) => void (await product.platform('kill', 'steampunk2-0')),
};

/** The action that the preview has led to, if there is one: its end, after whoever was killed is back. */
async function endOf(product: Product, previewId: string): Promise<Action | undefined> {
  let found: Action | undefined;
  await expect(async () => {
    // Asked first: a server that is only just back must not look like one that knows of no action.
    expect(await isUp(product)).toBe(true);
    const { actions } = await product.get<{ actions: Action[] }>('/api/v1/actions?limit=200');
    found = actions.find(({ preview: { id } }) => id === previewId);
    expect(found === undefined || isFinal(found)).toBe(true);
  }).toPass({ timeout: 90_000, intervals: [500] });
  return found;
}

async function isUp(product: Product): Promise<boolean> {
  return fetch(`${product.url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

const bad = (items: { id: string; condition: string }[]) =>
  items.filter(({ condition }) => condition === 'bad').map(({ id }) => id);

journey.describe('whoever is killed in the middle of an action', () => {
  journey.setTimeout(300_000);

  journey.beforeAll(({ product }) => calmLogins(product));

  journey.afterAll(async ({ product }) => {
    await product.platform('load', '1');
    await setPools(product, 'checked');
    await product.platform('restart', 'bg-gate');
    await whenAllAreConnected(product);
  });

  for (const victim of ['server', 'gateway'] as const) {
    journey(`a flush never says that it succeeded when it has not: ${victim}`, async ({ product }) => {
      await setPools(product, 'unchecked');
      for (const moment of MOMENTS) {
        await whenAllAreConnected(product);
        await product.platform('restart', 'steampunk2-0');
        await expect
          .poll(async () => bad(await connectionsTo(product, 'steampunk2')).length, { timeout: 40_000 })
          .toBeGreaterThanOrEqual(4);
        const planned = await preview(product, 'pool.flush', 'bg-gate', { game: 'steampunk2' });
        const confirming = confirm(product, planned.id, randomUUID()).catch(() => undefined);
        await sleep(moment);
        await victims[victim](product);
        await confirming;
        const action = await endOf(product, planned.id);
        await whenAllAreConnected(product);
        const what = `${victim} killed after ${moment} ms: ${action?.status.state ?? 'no action'}`;
        // A gateway takes its connections along when it is killed, and begins to count them anew.
        if (victim === 'server') {
          const left = new Set((await connectionsTo(product, 'steampunk2')).map(({ id }) => id));
          const closed = touchedBy(planned).filter(({ id }) => !left.has(id));
          if (action === undefined) expect(closed, `${what}, nothing done`).toEqual([]);
          if (action?.status.state === 'succeeded')
            expect(closed, what).toHaveLength(touchedBy(planned).length);
        }
        if (action?.status.state === 'succeeded')
          expect(
            action.parts.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome)),
          ).not.toContain('pending');
        if (action?.status.state === 'unknown') expect(action.status.message, what).toMatch(/\w+ .+\./);
      }
      expect((await product.get<{ verified: boolean }>('/api/v1/audit/verify')).verified).toBe(true);
    });
  }

  for (const victim of ['server', 'pod'] as const) {
    journey(
      `a drain never cuts a game and never claims an end that nobody saw: ${victim}`,
      async ({ product }) => {
        await setPools(product, 'checked');
        for (const moment of [0, 2_000]) {
          await whenAllAreConnected(product);
          const planned = await whenDrainWouldTake(product, 'steampunk2-0', 10);
          const confirming = confirm(product, planned.id, randomUUID()).catch(() => undefined);
          await sleep(moment);
          await victims[victim](product);
          await confirming;
          const action = await endOf(product, planned.id);
          await whenAllAreConnected(product);
          if (victim === 'pod') expect(action?.status.state ?? 'unknown').toMatch(/unknown|failed/);
          if (action?.status.state === 'succeeded') {
            const checks = action.parts.flatMap((part) => part.checks);
            expect(checks.filter(({ passed }) => !passed)).toEqual([]);
            expect(checks.map(({ name }) => name)).toContain('No game cut short');
          }
          await product.platform('restart', 'steampunk2-0');
        }
      },
    );
  }
});
