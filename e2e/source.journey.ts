import { expect, expectNoSeriousFinding, journey } from './journey.ts';

journey('the source of a busy function opens at the line that took most', async ({ page, recorded }) => {
  await page.goto(recorded);
  await page
    .getByRole('group', { name: 'View' })
    .getByRole('button', { name: 'Table' })
    .click({ timeout: 40_000 });

  await journey.step('the busiest function is chosen, and its source asked for by a key', async () => {
    await page.getByRole('textbox', { name: 'Search functions and files' }).fill('bcryptjs');
    const functions = page.getByRole('grid', { name: /^Functions by self and total time/ });
    await functions
      .getByRole('row')
      .filter({ hasText: /\.js:\d+/ })
      .first()
      .click();
    await page.keyboard.press('s');
  });

  const source = page.getByRole('region', { name: 'Source', exact: true });
  const hottest = source.getByRole('row', { name: /most of this function/ });
  await journey.step('the line that took most is marked and in sight', async () => {
    await expect(hottest).toBeInViewport();
    await expect(hottest).toHaveAttribute('aria-current', 'true');
    await expect(hottest).toContainText('%');
    await expectNoSeriousFinding(page, 'the source');
  });

  await journey.step('the address brings it back', async () => {
    await expect(page).toHaveURL(/[?&]src=1/);
    const line = await hottest.getByRole('cell').first().textContent();
    await page.reload();
    await expect(hottest).toBeInViewport({ timeout: 30_000 });
    expect(await hottest.getByRole('cell').first().textContent()).toBe(line);
  });

  await journey.step('the same key closes it', async () => {
    await page.keyboard.press('s');
    await expect(source).toBeHidden();
    await expect(page.getByRole('grid', { name: /^Functions by self and total time/ })).toBeVisible();
    await expect(page).not.toHaveURL(/[?&]src=1/);
  });
});
