import type { Page } from '@playwright/test';
import {
  captureFromServicePage,
  expect,
  expectNoSeriousFindingInLightAndDark,
  journey,
  whenAllAreConnected,
} from './journey.ts';

const chart = (page: Page) => page.getByRole('tree', { name: 'Calls over time' });
const edge = (page: Page, which: 'Beginning' | 'End') =>
  page.getByRole('slider', { name: `${which} of the time chosen` });
const toView = (page: Page, name: string) =>
  page.getByRole('group', { name: 'View', exact: true }).getByRole('button', { name, exact: true }).click();

/** What a screen reader says of the call that the keyboard is on. */
function spokenCall(page: Page): Promise<string> {
  return chart(page).evaluate((tree) => {
    const active = document.getElementById(tree.getAttribute('aria-activedescendant') ?? '');
    return active?.getAttribute('aria-label') ?? '';
  });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** What the flame graph says that it sums up. */
async function countedSamples(page: Page): Promise<number> {
  await toView(page, 'Flame graph');
  const said = await page.getByRole('navigation', { name: 'Zoomed to' }).textContent();
  return Number((/ in ([\d,]+)\s*samples?/.exec(said ?? '')?.[1] ?? 'none').replaceAll(',', ''));
}

journey.describe('an engineer who asks when it happened', () => {
  journey('walks through a recording call by call, and cuts a part out of it', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await captureFromServicePage(page, 'lobby');
    await expect(page.getByRole('tree', { name: 'Calls, from the root' })).toBeVisible({ timeout: 40_000 });
    const whole = await countedSamples(page);
    expect(whole).toBeGreaterThan(0);

    await toView(page, 'Time');
    await chart(page).focus();
    expect(await spokenCall(page)).toMatch(/^The whole recording, 5/);
    await press(page, 'ArrowRight');
    await expect.poll(() => spokenCall(page)).toMatch(/^.+, at .+, took .+/);
    await expect(page).toHaveURL(/call=\d+%7E1(&|$)/);
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowDown');
    await expect(page).toHaveURL(/call=\d+%7E[12](&|$)/);
    await press(page, 'Enter');
    await expect(page).toHaveURL(/time=/);
    const zoomed = page.url();
    await press(page, '-', '-');
    await expect.poll(() => page.url()).not.toBe(zoomed);
    await press(page, '+');

    // The link leads back to the very call.
    const call = await spokenCall(page);
    await expect.poll(() => page.url()).toMatch(/time=/);
    await page.waitForTimeout(400);
    await page.reload();
    await expect(chart(page)).toBeVisible();
    await expect.poll(() => spokenCall(page)).toBe(call);
    await chart(page).focus();
    await press(page, 'Escape');
    await expect(page).not.toHaveURL(/time=/);
    await press(page, 'Escape');
    await expect.poll(() => spokenCall(page)).toMatch(/^The whole recording/);

    // Two halves are the whole.
    await edge(page, 'End').focus();
    await press(page, 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown');
    await expect(page).toHaveURL(/only=0%7E\d/);
    const firstHalf = await edge(page, 'End').getAttribute('aria-valuetext');
    const before = await countedSamples(page);
    expect(before).toBeLessThan(whole);
    await edge(page, 'End').focus();
    await press(page, 'End');
    await edge(page, 'Beginning').focus();
    await press(page, 'PageUp', 'PageUp', 'PageUp', 'PageUp', 'PageUp');
    await expect(page).toHaveURL(/only=[1-9]\d+/);
    expect(parseFloat((await edge(page, 'Beginning').getAttribute('aria-valuetext')) ?? '')).toBeCloseTo(
      parseFloat(firstHalf ?? ''),
      1,
    );
    await expect.poll(async () => (await countedSamples(page)) + before).toBe(whole);
    await page.getByRole('button', { name: /^Only .*Show the whole recording again$/ }).click();
    await expect.poll(() => countedSamples(page)).toBe(whole);

    await toView(page, 'Time');
    await expectNoSeriousFindingInLightAndDark(page, 'the chart');
  });
});
