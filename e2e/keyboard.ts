import { expect, type Locator, type Page } from '@playwright/test';

/** A page has fewer places to go to than this. */
const MOST_PRESSES = 120;

/** Goes to what can be focused with the Tab key alone, as somebody without a pointer does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await isFocused(wanted)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${wanted}`);
}

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes there by Tab, and presses it. */
export async function tabAndPress(page: Page, wanted: Locator, key: 'Enter' | 'Space' = 'Enter') {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

/** In the menu that is open, by its arrow keys. */
export async function chooseMenuItem(page: Page, item: string): Promise<void> {
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  const wanted = menu.getByRole('menuitem', { name: item });
  for (let presses = 0; presses < 20 && !(await isFocused(wanted)); presses++)
    await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu).toHaveCount(0);
}

/** In the menu of the chosen call, by the key that asks for one everywhere. */
export async function chooseInMenu(page: Page, item: string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  await chooseMenuItem(page, item);
}

/** Presses the button that asks for a file, and hands one over. */
export async function chooseFile(
  page: Page,
  button: Locator,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await tabTo(page, button);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(file);
}

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}
