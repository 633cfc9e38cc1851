import { randomUUID } from 'node:crypto';
import { expect, journey, whenAllAreConnected } from './journey.ts';
import {
  type Action,
  askPlayers,
  calmLogins,
  confirm,
  isFinal,
  roomsOn,
  whenDrainWouldTake,
  whenRoomsRunOn,
} from './platform-facts.ts';

journey.describe('a pod with running games is drained', () => {
  journey.setTimeout(240_000);

  journey.beforeAll(({ product }) => calmLogins(product));

  journey.afterAll(({ product }) => product.platform('load', '1'));

  journey('without a game cut short and without a new room', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await whenRoomsRunOn(product, 'steampunk2-1');
    const before = await askPlayers(product);
    await page.goto('/services/steampunk2');
    await page
      .getByRole('link', { name: /steampunk2-1/ })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^drain/i })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /reason|why/i }).fill('A new version is to be rolled out.');
    await dialog.getByRole('button', { name: /drain/i }).click();
    await expect(page).toHaveURL(/\/actions\/act_/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/done|drained|succeeded|empty/i, {
      timeout: 120_000,
    });
    expect(await roomsOn(product, 'steampunk2-1')).toEqual([]);
    const after = await askPlayers(product);
    expect(after.gamesCutShort).toBe(before.gamesCutShort);
    expect(after.seatsLost).toBe(before.seatsLost);
    expect(after.disconnects).toBe(before.disconnects);
    await product.platform('restart', 'steampunk2-1');
    await whenAllAreConnected(product);
  });

  journey('and serves again when that is cancelled half-way', async ({ product }) => {
    await whenAllAreConnected(product);
    const planned = await whenDrainWouldTake(product, 'steampunk2-1', 8);
    const { id } = await confirm(product, planned.id, randomUUID());
    const read = () => product.get<Action>(`/api/v1/actions/${id}`);
    await expect
      .poll(async () => (await read()).parts[0]?.waitingFor.length ?? 0, { timeout: 15_000 })
      .toBeGreaterThan(0);
    await product.post(`/api/v1/actions/${id}/cancel`, {});
    await expect.poll(async () => isFinal(await read())).toBe(true);
    expect((await read()).status.state).toBe('cancelled');
    await whenRoomsRunOn(product, 'steampunk2-1');
  });
});
