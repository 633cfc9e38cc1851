import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ElementHandle, Page } from '@playwright/test';
import { expect, expectNoSeriousFinding, journey } from './journey.ts';
import { chooseInMenu, tabTo } from './keyboard.ts';

async function chooseView(page: Page, name: string): Promise<void> {
  const button = page.getByRole('group', { name: 'View' }).getByRole('button', { name, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
}

const callTree = (page: Page) => page.getByRole('tree', { name: 'Calls, from the root' });
const applied = (page: Page) => page.getByRole('group', { name: 'Applied, in this order' });

journey.describe('an engineer without a pointer', () => {
  journey(
    'walks through every view of a profile, and a link restores the last',
    async ({ page, recorded, context }) => {
      await page.goto(recorded);
      await expect(callTree(page)).toBeVisible({ timeout: 40_000 });
      await expectNoSeriousFinding(page, 'the flame graph');

      // Hide a function, and take it back.
      await tabTo(page, callTree(page));
      for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowDown');
      const chosen = callTree(page).getByRole('treeitem', { selected: true });
      const name = (await chosen.getAttribute('aria-label'))?.split(',')[0] ?? '';
      await page.keyboard.press('Shift+F10');
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoSeriousFinding(page, 'the menu of a call');
      await page.keyboard.press('Escape');
      await expect(callTree(page)).toBeFocused();
      await chooseInMenu(page, 'Hide function');
      await expect(applied(page).getByRole('button', { name: `Hidden: ${name}` })).toBeVisible();
      await expect(page).toHaveURL(/[?&]do=hf/);
      await applied(page)
        .getByRole('button', { name: /^Hidden/ })
        .press('Enter');
      await expect(applied(page)).toHaveCount(0);

      // Own code alone, which keeps every millisecond.
      const whole = await callTree(page).getByRole('treeitem').first().getAttribute('aria-label');
      const onlyOwn = page.getByRole('button', { name: 'Only my code', exact: true });
      await onlyOwn.press('Space');
      await expect(onlyOwn).toHaveAttribute('aria-pressed', 'true');
      await expect(page).toHaveURL(/do=ho1/);
      await expect(callTree(page).getByRole('treeitem').first()).toHaveAttribute('aria-label', whole ?? '');

      // Leave stacks out, and be told how much that is.
      await callTree(page).focus();
      await page.keyboard.press('ArrowDown');
      await chooseInMenu(page, 'Leave out stacks with it');
      await expect(page.getByText(/^Leaves out .+\(.+%\)$/)).toBeVisible();
      await applied(page).getByRole('button', { name: 'Take all back' }).press('Enter');
      await expect(applied(page)).toHaveCount(0);

      // Callers, then one function between its callers and its callees.
      await chooseView(page, 'Callers');
      const callers = page.getByRole('tree', { name: 'Callers, from what took it itself' });
      await callers.focus();
      await page.keyboard.press('ArrowDown');
      await expect(callers.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-level', '2');
      await expectNoSeriousFinding(page, 'callers');
      const heaviest = (
        await callers.getByRole('treeitem', { selected: true }).getAttribute('aria-label')
      )?.split(',')[0];
      await chooseInMenu(page, 'Show callers and callees');
      await expect(page.getByRole('tree', { name: `Callers of ${heaviest}` })).toBeVisible();
      await expect(page.getByRole('tree', { name: `What ${heaviest} calls` })).toBeVisible();
      await expectNoSeriousFinding(page, 'callers and callees of a function');

      // Packages, then from the bottom up, one row open.
      await chooseView(page, 'Table');
      const rows = page.getByRole('group', { name: 'Rows' });
      await rows.getByRole('button', { name: 'Packages' }).press('Enter');
      const packages = page.getByRole('grid', { name: 'Packages by self and total' });
      await expect(packages.getByRole('row').filter({ hasText: 'bcryptjs' })).toBeVisible();
      await packages.focus();
      await page.keyboard.press('ArrowDown');
      await expect(packages.getByRole('row', { selected: true })).toHaveCount(1);
      await expectNoSeriousFinding(page, 'packages');
      await rows.getByRole('button', { name: 'Bottom-up' }).press('Enter');
      const bottomUp = page.getByRole('treegrid');
      await bottomUp.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect(bottomUp.getByRole('row', { selected: true })).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('ArrowRight');
      await expect(bottomUp.getByRole('row', { selected: true })).toHaveAttribute('aria-level', '2');
      await expectNoSeriousFinding(page, 'bottom-up');
      const selected = await bottomUp.getByRole('row', { selected: true }).textContent();
      await expect(page).toHaveURL(/[?&]row=/);

      const other = await context.newPage();
      await other.goto(page.url());
      const restored = other.getByRole('treegrid').getByRole('row', { selected: true });
      await expect(restored).toHaveText(selected ?? '', { timeout: 20_000 });
      await expect(restored).toHaveAttribute('aria-level', '2');
      await other.close();
    },
  );

  journey('chooses colours and options, which give the focus back', async ({ page, recorded }) => {
    await page.goto(recorded);
    await expect(callTree(page)).toBeVisible({ timeout: 40_000 });
    const opener = page.getByRole('button', { name: /^View/ });
    await opener.press('Enter');
    const options = page.getByRole('dialog');
    await expect(options).toBeVisible();
    await expectNoSeriousFinding(page, 'the options of the view');
    await options.getByRole('button', { name: 'by file' }).press('Enter');
    await options.getByRole('checkbox', { name: 'Collapse recursion' }).press('Space');
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(opener).toBeFocused();
    await expect(opener).toHaveText('View · 1');
    await expect(page).toHaveURL(/colours=file/);
    await expect(applied(page).getByRole('button', { name: 'Recursion collapsed' })).toBeVisible();
    await expectNoSeriousFinding(page, 'colours by file');
  });
  journey('takes along what is shown, in every form', async ({ page, recorded }) => {
    await page.goto(recorded);
    await expect(callTree(page)).toBeVisible({ timeout: 40_000 });
    const take = async (item: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        (async () => {
          await page.getByRole('button', { name: 'Export' }).press('Enter');
          await page.getByRole('menuitem', { name: item }).press('Enter');
        })(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const png = await take('Picture (PNG)');
    expect(png.name).toMatch(/\.png$/);
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    const svg = await take('Picture (SVG)');
    expect(svg.bytes.toString()).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
    const collapsed = await take('Collapsed stacks');
    expect(collapsed.bytes.toString()).toMatch(/^\S.* \d+$/m);
    const speedscope = await take('speedscope JSON');
    expect(speedscope.name).toMatch(/\.speedscope\.json$/);
    expect(JSON.parse(speedscope.bytes.toString()).profiles).toHaveLength(1);
    const pprof = await take('pprof of what is shown');
    expect(pprof.name).toMatch(/\.pb\.gz$/);
    expect(gunzipSync(pprof.bytes).length).toBeGreaterThan(1000);

    // The browser tells what it has closed a moment later; the button may have been pressed again by then.
    const button = page.getByRole('button', { name: 'Export' });
    await button.press('Enter');
    await page.getByRole('menuitem', { name: 'Collapsed stacks' }).evaluate(
      (item: HTMLElement, opener) => {
        item.click();
        opener?.click();
      },
      (await button.elementHandle()) as ElementHandle<HTMLElement> | null,
    );
    await expect(page.getByRole('menu').getByRole('menuitem').first()).toBeFocused();
    await expectNoSeriousFinding(page, 'the menu of exports');
  });
});
