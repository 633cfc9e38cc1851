import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  expect,
  expectNoSeriousFindingInLightAndDark,
  instancesOf,
  journey,
  whenAllAreConnected,
} from './journey.ts';
import { chooseFile, chooseInMenu, chooseMenuItem, press, tabAndPress, tabTo } from './keyboard.ts';
import { CPU_PROFILE, TRACE } from './own-files.ts';
import type { Product } from './product.ts';

const callTree = (page: Page) => page.getByRole('tree', { name: 'Calls, from the root' });
const selectedCall = (page: Page) => callTree(page).getByRole('treeitem', { selected: true });
const callOf = (page: Page, name: string) =>
  callTree(page).getByRole('treeitem', { name: new RegExp(`^${name},`) });
const search = (page: Page) => page.getByRole('textbox', { name: 'Search functions and files' });
const applied = (page: Page) => page.getByRole('group', { name: 'Applied, in this order' });
const view = (page: Page, name: string) =>
  page.getByRole('group', { name: 'View', exact: true }).getByRole('button', { name, exact: true });

/** A short CPU profile of an instance of the service; answers its id at once. */
async function begin(product: Product, service: string): Promise<string> {
  const [instance] = await instancesOf(product, service);
  if (instance === undefined) throw new Error(`the platform lacks ${service}`);
  const wish = { instanceId: instance.id, kind: 'cpu', durationSeconds: 3 };
  return (await product.post<{ id: string }>('/api/v1/captures', wish)).id;
}

async function whenComplete(product: Product, id: string): Promise<void> {
  const find = () => product.get<{ status: { state: string } }>(`/api/v1/captures/${id}`);
  await expect.poll(async () => (await find()).status.state, { timeout: 60_000 }).toBe('complete');
}

journey.describe('an engineer whose hands stay on the keyboard', () => {
  journey('does twelve tasks without ever touching a pointer', async ({ page, product }) => {
    // Twelve tasks, and what they show is checked in both colour schemes on the way.
    journey.setTimeout(300_000);
    await whenAllAreConnected(product);
    // They are recorded while a file is looked at.
    const captures = [await begin(product, 'user-service'), await begin(product, 'lobby')];

    await journey.step('1: opens a file', async () => {
      await page.goto('/captures');
      // Before the page is alive it hears no keys.
      await expect(page.getByText('live', { exact: true })).toBeVisible();
      await press(page, 'g', 'f');
      const button = page.getByRole('button', { name: 'Choose a file…' });
      await expect(button).toBeVisible();
      await expectNoSeriousFindingInLightAndDark(page, '/open');
      await chooseFile(page, button, CPU_PROFILE);
      await expect(page.getByRole('heading', { level: 1, name: CPU_PROFILE.name })).toBeFocused();
      await expect(callTree(page)).toBeVisible();
      await expectNoSeriousFindingInLightAndDark(page, '/open with a profile');
    });

    await journey.step('2: finds functions by an expression, and goes from one to the next', async () => {
      await press(page, '/');
      await expect(search(page)).toBeFocused();
      await page.keyboard.type('^(hash|send)$');
      await tabAndPress(page, page.getByRole('button', { name: '.*', exact: true }), 'Space');
      await expect(page.getByRole('status').filter({ hasText: /^2\sfunctions, 65(\.0)?\s?%/ })).toBeVisible();
      await tabTo(page, callTree(page));
      await press(page, 'n');
      await expect(selectedCall(page)).toHaveAccessibleName(/^hash,/);
      await press(page, 'n');
      await expect(selectedCall(page)).toHaveAccessibleName(/^send,/);
    });

    await journey.step('3: zooms to a call, and out again', async () => {
      const zoomedTo = page.getByRole('navigation', { name: 'Zoomed to' });
      await press(page, 'Enter');
      await expect(zoomedTo).toContainText('send');
      await expect(page).toHaveURL(/[?&]zoom=/);
      await press(page, 'Escape');
      await expect(page).not.toHaveURL(/[?&]zoom=/);
      await expect(zoomedTo).not.toContainText('send');
      await press(page, '/', 'Escape', 'Escape');
      await expect(search(page)).toHaveValue('');
    });

    await journey.step('4: hides packages, and loses no time', async () => {
      const onlyOwn = page.getByRole('button', { name: 'Only my code', exact: true });
      await tabAndPress(page, onlyOwn, 'Space');
      await tabTo(page, callTree(page));
      await press(page, 'ArrowDown');
      await expect(callOf(page, 'login')).toHaveAccessibleName(/^login, total 50\.0\s?%, self 50\.0\s?%/);
      await tabAndPress(page, onlyOwn, 'Space');
      await tabTo(page, callTree(page));
      await press(page, 'ArrowDown');
      await expect(callOf(page, 'login')).toHaveAccessibleName(/^login, total 50\.0\s?%, self 10\.0\s?%/);
    });

    await journey.step('5: focuses on a function, and takes it back', async () => {
      await press(page, 'ArrowDown');
      await expect(selectedCall(page)).toHaveAccessibleName(/^(login|join),/);
      await chooseInMenu(page, 'Focus on function');
      await expect(callOf(page, 'handle')).toHaveCount(0);
      await tabAndPress(page, applied(page).getByRole('button', { name: /^Focus: (login|join)/ }));
      await expect(applied(page)).toHaveCount(0);
      await expect(callOf(page, 'handle')).toHaveCount(1);
    });

    await journey.step('6: takes the picture along', async () => {
      await tabTo(page, page.getByRole('button', { name: 'Export', exact: true }));
      await press(page, 'Enter');
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoSeriousFindingInLightAndDark(page, 'the menu of exports');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        chooseMenuItem(page, 'Picture (SVG)'),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('bcryptjs');
    });

    await journey.step('7: sees one function between its callers and its callees', async () => {
      await press(page, '/');
      await page.keyboard.type('send');
      // The word is in the path of its file, too.
      await expect(page.getByRole('status').filter({ hasText: /^2\sfunctions/ })).toBeVisible();
      await tabTo(page, callTree(page));
      await press(page, 'n');
      await expect(selectedCall(page)).toHaveAccessibleName(/^send,/);
      await chooseInMenu(page, 'Show callers and callees');
      const callers = page.getByRole('tree', { name: 'Callers of send' });
      await expect(callers.getByRole('treeitem', { name: /^join,/ })).toHaveCount(1);
      const callees = page.getByRole('tree', { name: 'What send calls' });
      await expect(callees.getByRole('treeitem', { name: /^mask,/ })).toHaveCount(1);
      await press(page, '/', 'Escape', 'Escape');
    });

    await journey.step('8: sorts the table, and sums it up by package', async () => {
      await tabAndPress(page, view(page, 'Table'));
      const functions = page.getByRole('grid', { name: /^Functions by self and total/ });
      const firstRow = functions
        .getByRole('row')
        .filter({ has: page.getByRole('gridcell') })
        .first();
      await expect(firstRow).toContainText('hash');
      await expectNoSeriousFindingInLightAndDark(page, 'functions');
      await tabAndPress(page, functions.getByRole('button', { name: 'Total' }));
      await expect(functions.getByRole('columnheader', { name: 'Total' })).toHaveAttribute(
        'aria-sort',
        'descending',
      );
      await expect(firstRow).toContainText('handle');
      await tabAndPress(page, page.getByRole('button', { name: 'Packages', exact: true }));
      const packages = page.getByRole('grid', { name: 'Packages by self and total' });
      await expect(packages.getByRole('row').filter({ hasText: 'bcryptjs' })).toContainText('80');
      await expect(
        packages.getByRole('row').filter({ has: page.getByText('ws', { exact: true }) }),
      ).toContainText('50');
    });

    await journey.step('9: asks about a part of the time alone', async () => {
      await tabTo(page, page.getByRole('slider', { name: 'End of the time chosen' }));
      await press(page, ...Array.from({ length: 5 }, () => 'PageDown'));
      const packages = page.getByRole('grid', { name: 'Packages by self and total' });
      await expect(
        packages.getByRole('row').filter({ has: page.getByText('ws', { exact: true }) }),
      ).toHaveCount(0);
      await expect(packages.getByRole('row').filter({ hasText: 'bcryptjs' })).toContainText('80');
      await press(page, 'Escape');
      await expect(
        packages.getByRole('row').filter({ has: page.getByText('ws', { exact: true }) }),
      ).toHaveCount(1);
      await tabAndPress(page, view(page, 'Time'));
      await expect(page.getByRole('tree', { name: 'Calls over time' })).toBeVisible();
    });

    await journey.step('10: opens a trace, and sees what was sampled in a part of it', async () => {
      await chooseFile(page, page.getByRole('button', { name: 'Open another file…' }), TRACE);
      const timeline = page.getByRole('tree', { name: 'Timeline of the threads' });
      await tabTo(page, timeline);
      await press(page, 'ArrowRight');
      await expect(timeline.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/RunTask|Layout/);
      await press(page, 'Space');
      await expect(page.getByText(/^Selected: 15/)).toBeVisible();
      await expect(page.getByRole('heading', { name: 'CPU samples of the selected time' })).toBeVisible();
      await expect(callOf(page, 'Everything')).toHaveAccessibleName(/^Everything, 1[45](\.\d)?\sms/);
      await expectNoSeriousFindingInLightAndDark(page, '/open with a trace');
      await tabAndPress(page, page.getByRole('button', { name: 'Calls', exact: true }));
      await expect(callOf(page, 'Everything')).toHaveAccessibleName(/^Everything, (199|200)\sms/);
    });

    await journey.step('11: reads the source at the line that took most', async () => {
      for (const id of captures) await whenComplete(product, id);
      await page.goto(`/captures/${captures[0]}`);
      await expect(callTree(page)).toBeVisible({ timeout: 30_000 });
      await tabAndPress(page, view(page, 'Table'));
      const functions = page.getByRole('grid', { name: 'Functions by self and total time' });
      await tabTo(page, functions);
      await press(page, 'ArrowDown', 's');
      const source = page.getByRole('region', { name: 'Source', exact: true });
      await expect(source.getByRole('row', { name: /most of this function/ })).toBeInViewport();
      await press(page, 's');
      await expect(source).toHaveCount(0);
      await expect(functions).toBeFocused();
    });

    await journey.step('12: compares it with another capture, and goes to what changed most', async () => {
      await tabAndPress(page, page.getByRole('link', { name: 'Compare with…' }));
      await tabAndPress(page, page.getByRole('link', { name: /^Compare with CPU profile of lobby/ }).first());
      const changes = page.getByRole('grid', { name: /^Biggest changes by/ });
      await expect(changes.getByRole('row').nth(1)).toBeVisible({ timeout: 30_000 });
      await tabTo(page, changes);
      await press(page, 'ArrowDown');
      await expect(
        page
          .getByRole('tree', { name: 'Calls of both, from the root' })
          .getByRole('treeitem', { selected: true }),
      ).toHaveAccessibleName(/ before, .* after/);
    });
  });
});
