import {
  captureFromServicePage,
  expect,
  instancesOf,
  journey,
  topBySelf,
  whenAllAreConnected,
} from './journey.ts';

journey(
  'a service stuck in a loop is seen, profiled, and back after a restart',
  async ({ page, product }) => {
    await whenAllAreConnected(product);
    await page.goto('/');
    await product.platform('spin', 'lobby');
    await expect(page.getByRole('link', { name: 'lobby, stuck' })).toBeVisible({ timeout: 15_000 });

    await captureFromServicePage(page, 'lobby');
    await page
      .getByRole('group', { name: 'View' })
      .getByRole('button', { name: 'Table' })
      .click({ timeout: 40_000 });
    const [first] = await topBySelf(page, 1);
    expect(first?.name).toMatch(/spin/i);
    expect(first?.selfShare).toBeGreaterThan(80);

    const before = (await instancesOf(product, 'lobby')).map(({ id }) => id);
    await product.platform('restart', 'lobby');
    await expect
      .poll(
        async () =>
          (await instancesOf(product, 'lobby')).some(
            ({ id, health }) => !before.includes(id) && health.state === 'well',
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
  },
);

journey('a native call is named, and recorded when it returns', async ({ page, product }) => {
  await whenAllAreConnected(product);
  await product.platform('native', 'odinbingo-0', '8');
  await captureFromServicePage(page, 'odinbingo');
  await expect(page.getByText(/the thread is inside a native call/).first()).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole('region', { name: 'CPU profile' })).toBeVisible({ timeout: 60_000 });
});
