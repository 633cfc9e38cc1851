import { randomUUID } from 'node:crypto';
import { expect, journey, whenAllAreConnected } from './journey.ts';
import {
  type Action,
  askPlayers,
  calmLogins,
  confirm,
  connectionsTo,
  isFinal,
  letNewPlayerIn,
  preview,
  setPools,
  touchedBy,
} from './platform-facts.ts';
import type { Product } from './product.ts';

const BUSY = 'steampunk2';

async function restart(product: Product, ...pods: string[]): Promise<void> {
  for (const pod of pods) await product.platform('restart', pod);
  await whenAllAreConnected(product);
}

async function whenStale(product: Product, game: string, count = 1): Promise<void> {
  await expect
    .poll(
      async () => (await connectionsTo(product, game)).filter(({ condition }) => condition === 'bad').length,
      {
        timeout: 30_000,
        message: `stale connections to ${game}`,
      },
    )
    .toBeGreaterThanOrEqual(count);
}

/** The promise is 5 s; on two cores with everything on them, the logins themselves take their time. */
async function expectNewPlayersGetIn(product: Product, game: string): Promise<void> {
  await expect
    .poll(() => letNewPlayerIn(product, game), { timeout: 20_000, message: `a new player gets into ${game}` })
    .toBe('in');
}

journey.describe('OPS-812: a busy game restarts, and its gateway keeps the dead connections', () => {
  journey.setTimeout(240_000);

  journey.beforeAll(({ product }) => calmLogins(product));

  journey.afterAll(async ({ product }) => {
    await product.platform('load', '1');
    await setPools(product, 'checked');
    await restart(product, 'bg-gate');
  });

  journey('new players fail until the pool is flushed from the page', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await setPools(product, 'unchecked');
    await restart(product, 'steampunk2-0', 'steampunk2-1');
    await whenStale(product, BUSY, 8);
    expect(await letNewPlayerIn(product, BUSY), 'a new player fails').not.toBe('in');
    const before = await askPlayers(product);

    let clicks = 0;
    const openedAt = Date.now();
    await page.goto('/');
    const finding = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: /connections? leads? to a pod/ });
    await finding.getByRole('button').first().click();
    clicks++;
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(/no player is disconnected|0 players/i);
    await dialog
      .getByRole('textbox', { name: /reason|why/i })
      .fill('New players cannot log in since the restart.');
    await dialog.getByRole('button', { name: /flush/i }).click();
    clicks++;
    await expect(page).toHaveURL(/\/actions\/act_/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/done|succeeded|closed|flushed/i, {
      timeout: 30_000,
    });
    expect(Date.now() - openedAt).toBeLessThan(60_000);
    expect(clicks).toBeLessThanOrEqual(6);

    await expectNewPlayersGetIn(product, BUSY);
    expect((await askPlayers(product)).disconnects, 'disconnected by the flush').toBe(before.disconnects);
    const action = await product.get<Action>(
      `/api/v1/actions/${new URL(page.url()).pathname.split('/').at(-1)}`,
    );
    expect(action.status.state).toBe('succeeded');
    const closed = action.parts
      .flatMap(({ outcomes }) => outcomes)
      .filter(({ outcome }) => outcome === 'done');
    expect(closed.map(({ targetId }) => targetId).sort()).toEqual(
      touchedBy(action.preview)
        .map(({ id }) => id)
        .sort(),
    );
    expect(action.parts.every(({ playersDisconnected }) => playersDisconnected === 0)).toBe(true);
    expect((await product.get<{ verified: boolean }>('/api/v1/audit/verify')).verified).toBe(true);
  });

  journey('what is healthy survives as itself, and a double click has one effect', async ({ product }) => {
    await whenAllAreConnected(product);
    await setPools(product, 'unchecked');
    await restart(product, 'steampunk2-0');
    await whenStale(product, BUSY, 4);
    const healthy = (await connectionsTo(product, BUSY)).filter(({ condition }) => condition === 'well');
    expect(healthy.length).toBeGreaterThanOrEqual(4);
    const planned = await preview(product, 'pool.flush', 'bg-gate', { game: BUSY });
    const key = randomUUID();
    const [first, second] = await Promise.all([
      confirm(product, planned.id, key),
      confirm(product, planned.id, key),
    ]);
    expect(second.id).toBe(first.id);
    await expect(confirm(product, planned.id, randomUUID())).rejects.toThrow(
      /preview-used|action-in-progress/,
    );
    await expect
      .poll(async () => isFinal(await product.get<Action>(`/api/v1/actions/${first.id}`)))
      .toBe(true);
    const after = (await connectionsTo(product, BUSY)).map(({ id }) => id);
    for (const { id } of healthy) expect(after).toContain(id);
    for (const { id } of touchedBy(planned)) expect(after).not.toContain(id);
  });
});
