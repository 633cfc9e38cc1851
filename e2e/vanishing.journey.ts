import {
  captureFromServicePage,
  captureIdOf,
  expect,
  instancesOf,
  journey,
  whenAllAreConnected,
  whenRecording,
} from './journey.ts';

async function pidOf(product: Parameters<typeof instancesOf>[0], name: string): Promise<number> {
  const instance = (await instancesOf(product)).find(
    (each) => each.name === name && each.connection.state === 'connected',
  );
  if (!instance) throw new Error(`${name} is not connected`);
  return instance.pid;
}

journey.describe('what vanishes', () => {
  journey(
    'a killed pod is dead within three seconds, and its successor is a new instance',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      await page.goto('/services/steampunk2');
      const before = await instancesOf(product, 'steampunk2');
      const victim = before.find(
        ({ name, connection }) => name === 'steampunk2-0' && connection.state === 'connected',
      );
      const killedAt = Date.now();
      process.kill(victim?.pid ?? Number.NaN, 'SIGKILL');
      await expect
        .poll(
          async () =>
            (await instancesOf(product, 'steampunk2')).find(({ id }) => id === victim?.id)?.connection.state,
          { intervals: [50], timeout: 10_000 },
        )
        .toBe('dead');
      // The clock of two shared cores: the promise of 3 s is measured by the fleet benchmark.
      expect(Date.now() - killedAt).toBeLessThan(6000);
      await expect(page.getByText('dead').first()).toBeVisible();
      await whenAllAreConnected(product);
      const after = await instancesOf(product, 'steampunk2');
      expect(after.filter(({ id }) => !before.some((known) => known.id === id))).toHaveLength(1);
    },
  );

  journey('a suspended pod is dead by its silence and comes back as itself', async ({ product }) => {
    await whenAllAreConnected(product);
    const pid = await pidOf(product, 'steampunk2-1');
    const stateOf = async () =>
      (await instancesOf(product, 'steampunk2')).find((each) => each.pid === pid)?.connection.state;
    await product.platform('pause', 'steampunk2-1');
    try {
      await expect.poll(stateOf, { intervals: [100], timeout: 12_000 }).toBe('dead');
    } finally {
      await product.platform('resume', 'steampunk2-1');
    }
    await expect.poll(stateOf, { timeout: 15_000 }).toBe('connected');
  });

  journey('a capture whose process is killed fails with a sentence', async ({ page, product }) => {
    await whenAllAreConnected(product);
    const pid = await pidOf(product, 'odinbingo-0');
    await captureFromServicePage(page, 'odinbingo', '10 s');
    await whenRecording(page);
    process.kill(pid, 'SIGKILL');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/ failed\.$/, { timeout: 30_000 });
    await expect(page.getByRole('main').getByRole('alert')).toContainText(/\w+ .+\./);
    const { status } = await fetch(`${product.url}/api/v1/captures/${captureIdOf(page)}/artifact`);
    expect(status).toBe(409);
    await whenAllAreConnected(product);
  });

  journey('what draws a capture comes late when it could not be had at first', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await captureFromServicePage(page, 'user-service', '5 s');
    await whenRecording(page);
    const refused = new Map<string, number>();
    const chunks = '**/_next/static/chunks/**';
    await page.route(chunks, async (route) => {
      const url = route.request().url();
      refused.set(url, (refused.get(url) ?? 0) + 1);
      await route.abort();
    });
    await expect(page.getByRole('status').filter({ hasText: 'Loading the viewer' })).toBeVisible({
      timeout: 30_000,
    });
    // The loader of the pages asks twice by itself.
    await expect.poll(() => Math.max(0, ...refused.values()), { timeout: 30_000 }).toBeGreaterThan(2);
    await page.unroute(chunks);
    await expect(page.getByRole('tree', { name: 'Calls, from the root' })).toBeVisible({ timeout: 30_000 });
  });

  journey(
    'a capture outlives the kill of the server, and the page says how old its data is',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      await captureFromServicePage(page, 'user-service', '10 s');
      await whenRecording(page);
      const id = captureIdOf(page);
      // Killed at once it would be back before its silence is worth a word.
      product.suspendServer();
      await expect(page.getByText(/data from/i).first()).toBeVisible({ timeout: 15_000 });
      product.killServer();
      await expect(page.getByRole('tree', { name: 'Calls, from the root' })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/data from/i)).toHaveCount(0);
      const capture = await product.get<{ status: { state: string } }>(`/api/v1/captures/${id}`);
      expect(capture.status.state).toBe('complete');
      const audit = await product.get<{ verified: boolean }>('/api/v1/audit/verify');
      expect(audit.verified).toBe(true);
    },
  );
});
