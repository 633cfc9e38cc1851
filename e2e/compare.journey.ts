import type { Page } from '@playwright/test';
import { expect, expectNoSeriousFinding, instancesOf, journey, whenAllAreConnected } from './journey.ts';
import type { Product } from './product.ts';

interface Found {
  id: string;
  status: { state: string; message?: string };
}

async function capture(product: Product, instanceId: string): Promise<string> {
  const { id } = await product.post<Found>('/api/v1/captures', {
    instanceId,
    kind: 'cpu',
    durationSeconds: 3,
  });
  return id;
}

async function whenComplete(product: Product, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await expect
      .poll(async () => (await product.get<Found>(`/api/v1/captures/${id}`)).status.state, {
        timeout: 60_000,
        message: id,
      })
      .toBe('complete');
}

const changes = (page: Page) => page.getByRole('grid', { name: /^Biggest changes by/ });
const picture = (page: Page) => page.getByRole('tree', { name: 'Calls of both, from the root' });

journey.describe('an engineer with two captures', () => {
  journey.describe.configure({ timeout: 240_000 });

  journey('asks what changed, and has the answer in two clicks', async ({ page, product, context }) => {
    await whenAllAreConnected(product);
    const [login] = await instancesOf(product, 'user-service');
    const [lobby] = await instancesOf(product, 'lobby');
    if (login === undefined || lobby === undefined) throw new Error('the platform lacks a service');
    const ids = [await capture(product, login.id), await capture(product, lobby.id)];
    await whenComplete(product, ids);

    await page.goto(`/captures/${ids[1]}`);
    await page.getByRole('link', { name: 'Compare with…' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(
      /^Compare CPU profile of .* with what/,
    );
    await page
      .getByRole('link', { name: /^Compare with CPU profile of user-service/ })
      .first()
      .click();

    await journey.step('the sentence names what changed most, the list has it on top', async () => {
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/(grew|shrank) most, from/, {
        timeout: 30_000,
      });
      await expect(changes(page).getByRole('row').nth(1)).toBeVisible();
      const facts = page.getByRole('table', { name: 'What is compared' });
      await expect(facts.getByRole('row', { name: /Before/ })).toContainText('user-service');
      await expect(facts.getByRole('row', { name: /After/ })).toContainText('lobby');
      await expectNoSeriousFinding(page, 'compare');
    });

    await journey.step('choosing in the list chooses in the picture, and the other way round', async () => {
      await changes(page).focus();
      await page.keyboard.press('ArrowDown');
      const name = await nameOfSelected(page);
      await expect(picture(page).getByRole('treeitem', { selected: true })).toHaveAttribute(
        'aria-label',
        new RegExp(`^${escaped(name)}, .* before, .* after`),
      );
      await picture(page).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      const item = picture(page).getByRole('treeitem', { selected: true });
      const label = (await item.getAttribute('aria-label')) ?? '';
      expect(label.startsWith(`${await nameOfSelected(page)}, `), label).toBe(true);
    });

    await journey.step('a link restores all of it', async () => {
      // At once: what was chosen a moment ago need not have settled in the address.
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.getByRole('button', { name: 'Shares', exact: true }).click();
      await page.getByRole('button', { name: 'Grown' }).click();
      await expect(page).toHaveURL(/as=sides/);
      await expect(page).toHaveURL(/sel=/);
      const other = await context.newPage();
      await other.goto(page.url());
      await expect(other.getByRole('tree', { name: /^Calls before, from the root/ })).toBeVisible({
        timeout: 30_000,
      });
      for (const name of ['Side by side', 'Shares', 'Grown'])
        await expect(other.getByRole('button', { name, exact: true, pressed: true })).toBeVisible();
      expect(await nameOfSelected(other)).toBe(await nameOfSelected(page));
      await other.close();
    });

    await journey.step('swapped, what grew shrinks', async () => {
      await page.getByRole('button', { name: 'Swap' }).click();
      const facts = page.getByRole('table', { name: 'What is compared' });
      await expect(facts.getByRole('row', { name: /Before/ })).toContainText('lobby');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/most, from/, { timeout: 30_000 });
    });
  });

  journey('sees the instances of a service as one, and which of them is odd', async ({ page, product }) => {
    await whenAllAreConnected(product);
    const games = await instancesOf(product, 'steampunk2');
    const [login] = await instancesOf(product, 'user-service');
    if (games.length < 2 || login === undefined) throw new Error('the platform lacks instances');
    const ids: string[] = [];
    for (const { id } of [...games, login]) ids.push(await capture(product, id));
    await whenComplete(product, ids);
    const odd = ids.at(-1);

    await journey.step('chosen in the list of captures', async () => {
      await page.goto('/captures?kind=cpu');
      for (const id of ids) await page.locator(`tr[data-row="${id}"]`).getByRole('checkbox').check();
      await page.getByRole('link', { name: `Merge ${ids.length}` }).click();
    });

    await journey.step('the odd one is named and stands first', async () => {
      await expect(page.getByRole('heading', { level: 1 })).toContainText(
        /^user-service.* is unlike the others: /,
        { timeout: 30_000 },
      );
      const ranking = page.getByRole('table', { name: /^Which is odd/ });
      await expect(ranking.getByRole('rowheader').first()).toContainText('user-service');
      await expectNoSeriousFinding(page, 'merge');
    });

    await journey.step('samples are told apart by their instance', async () => {
      await expect(page.getByRole('tree', { name: 'Calls, from the root' })).toBeVisible();
      await page.getByRole('group', { name: 'Show only' }).getByText('steampunk2-1').click();
      await expect(page).toHaveURL(/label=8(~|%7E)instancesteampunk2-1/);
    });

    await journey.step('it leads to its difference from all others together', async () => {
      await page.getByRole('link', { name: /^Compare with the others\W+user-service/ }).click();
      await expect(page).toHaveURL(new RegExp(`after=${odd}`));
      await expect(changes(page).getByRole('row').nth(1)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/most, from/);
    });
  });

  journey('is told what cannot be compared, and what can', async ({ page, product }) => {
    await whenAllAreConnected(product);
    const [login] = await instancesOf(product, 'user-service');
    if (login === undefined) throw new Error('the platform lacks a service');
    const cpu = await capture(product, login.id);
    const { id: heap } = await product.post<Found>('/api/v1/captures', {
      instanceId: login.id,
      kind: 'heap',
      durationSeconds: 1,
    });
    await whenComplete(product, [cpu, heap]);
    await page.goto(`/compare?before=${cpu}&after=${heap}`);
    await expect(page.getByRole('main')).toContainText(/measure different things/);
    await page.goto(`/compare?before=${cpu}&after=cap_${'0'.repeat(20)}`);
    await expect(page.getByRole('main')).toContainText(/does not exist/);
    await page.goto('/merge');
    await expect(page.getByRole('main')).toContainText(/The link names no captures/);
  });
});

/** Of the row that is chosen in the list of changes. */
async function nameOfSelected(page: Page): Promise<string> {
  const row = changes(page).getByRole('row', { selected: true });
  return (await row.locator('td').last().locator('span').first().textContent()) ?? '';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
