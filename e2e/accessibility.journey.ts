import {
  expect,
  expectNoSeriousFinding,
  expectNoSeriousFindingInLightAndDark,
  instancesOf,
  journey,
  whenAllAreConnected,
} from './journey.ts';

journey.describe('every page', () => {
  journey('has no serious finding of axe, light or dark', async ({ page, product, recorded }) => {
    // A dozen pages, each looked through twice.
    journey.setTimeout(300_000);
    const [instance] = await instancesOf(product, 'user-service');
    const paths = [
      '/',
      '/services/steampunk2',
      `/instances/${instance?.id}`,
      '/captures',
      recorded,
      '/compare',
      '/merge',
      '/pools',
      '/actions',
      '/services/steampunk2?tab=actions',
      '/audit',
      '/nowhere',
    ];
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState('load');
      await expect(page.getByRole('main')).toBeVisible();
      if (path === recorded)
        await expect(page.getByRole('tree', { name: 'Calls, from the root' })).toBeVisible();
      await expectNoSeriousFindingInLightAndDark(page, path);
    }
  });

  journey(
    'has no serious finding of axe in the dialog of an action, and gives the focus back',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      await page.goto('/services/bg-gate?tab=actions');
      const opener = page.getByRole('main').getByRole('button', { name: /^Flush/ });
      await opener.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').selectOption('steampunk2');
      await dialog.getByRole('button', { name: 'See what it would do' }).press('Enter');
      await expect(dialog.getByText(/players are disconnected/)).toBeVisible();
      await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
      await expectNoSeriousFinding(page, 'the dialog of an action');
      await page.keyboard.press('Escape');
      await expect(opener).toBeFocused();
    },
  );

  journey('works with the keyboard alone: palette, capture, flame graph', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await page.goto('/');
    await expect(page.getByRole('rowheader', { name: 'user-service' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('user-service');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/(services\/user-service|instances\/user-service\.)/);
    await page.goto('/services/user-service');
    await expect(page.getByRole('main').getByRole('button', { name: 'Capture…' })).toBeEnabled();
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: 'Start' })).toBeVisible();
    await dialog.getByRole('radio', { name: '5 s' }).press('Space');
    await dialog.getByRole('button', { name: 'Start' }).press('Enter');
    const tree = page.getByRole('tree', { name: 'Calls, from the root' });
    await expect(tree).toBeVisible({ timeout: 40_000 });
    await tree.focus();
    await page.keyboard.press('ArrowDown');
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
