import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, journey } from './journey.ts';
import { CPU_PROFILE } from './own-files.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** Of one file, on a machine that is busy with something else. */
const BUDGET_MS = 20_000;
/** An element of the test's own, which holds the files that are dropped one after the other. */
const SHELF = 'shelf';

journey.describe('files made to do harm', () => {
  journey.describe.configure({ timeout: 300_000 });

  journey('are refused in a sentence or shown as text, and the page lives on', async ({ page, product }) => {
    const folder = mkdtempSync(join(tmpdir(), 'opscenter-hostile-'));
    try {
      await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'write-hostile-files.mjs'), folder]);
      const paths = chosenOf(readdirSync(folder)).map((name) => join(folder, name));
      expect(paths.length).toBeGreaterThan(100);
      const harm = harmDoneTo(page, product.url);
      await page.goto('/open');
      await putOnShelf(page, paths);
      const seen = await dropOneAfterTheOther(page);
      expect(seen.length).toBe(paths.length);
      const odd = seen.filter(({ sentence, isShown }) =>
        sentence === undefined ? !isShown : !isSentence(sentence),
      );
      expect(odd, 'each is shown, or refused in a sentence').toEqual([]);
      expect(harm).toEqual([]);
      expect(await page.title()).not.toContain('owned');

      await page.getByLabel('File', { exact: true }).setInputFiles(CPU_PROFILE);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(CPU_PROFILE.name);
      const calls = page.getByRole('tree', { name: 'Calls, from the root' });
      await expect(calls.getByRole('treeitem', { name: /^handle,/ })).toHaveCount(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Whose harm would be done by the page and not by a reader, of which all are tested without a browser. */
const TO_THE_PAGE = /^(bomb|name-of-(markup|attribute|script-address|template|long-name))/;
/** Each takes a while: of the others every fourth, which are some of every format and kind. */
function chosenOf(names: string[]): string[] {
  const others = names.filter((name) => !TO_THE_PAGE.test(name));
  return [...names.filter((name) => TO_THE_PAGE.test(name)), ...others.filter((_, nth) => nth % 4 === 0)];
}

/** Fills while the page is used: dialogs, errors of scripts, breaches of the policy, and whatever is asked of the net. */
function harmDoneTo(page: Page, url: string): string[] {
  const harm: string[] = [];
  page.on('dialog', (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') harm.push(`console: ${message.text()}`);
  });
  page.on('crash', () => harm.push('the page crashed'));
  page.on('popup', () => harm.push('another page was opened'));
  page.on('request', (request) => {
    const asked = request.url();
    const { pathname } = new URL(asked);
    const isOwn =
      asked.startsWith('blob:') ||
      (asked.startsWith(url) && /^\/(_next|api|open|icon\.svg)\b/.test(pathname));
    if (!isOwn) harm.push(`request: ${asked}`);
  });
  return harm;
}

async function putOnShelf(page: Page, paths: string[]): Promise<void> {
  await page.evaluate((id) => {
    const shelf = Object.assign(document.createElement('input'), { id, type: 'file', multiple: true });
    document.body.append(shelf);
  }, SHELF);
  await page.locator(`#${SHELF}`).setInputFiles(paths);
}

interface Seen {
  readonly name: string;
  /** Undefined where it was not refused. */
  readonly sentence: string | undefined;
  readonly isShown: boolean;
}

/** Drops each of the files on the shelf into the page, the next once the page has made something of it. */
function dropOneAfterTheOther(page: Page): Promise<Seen[]> {
  return page.evaluate(
    async ({ id, budgetMs }) => {
      const drop = (file: File) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      };
      const look = ({ name }: File) => {
        const isThis = document.querySelector('main h1')?.textContent === name;
        const sentence = document.querySelector('main [role="alert"]')?.textContent ?? undefined;
        const viewer = document.querySelector('main section[aria-busy]');
        const isShown = viewer?.getAttribute('aria-busy') === 'false' && (viewer.textContent ?? '') !== '';
        return {
          name,
          sentence,
          isShown: isThis && isShown,
          isDone: isThis && (isShown || sentence !== undefined),
        };
      };
      const seen: Seen[] = [];
      for (const file of (document.getElementById(id) as HTMLInputElement).files ?? []) {
        drop(file);
        const until = performance.now() + budgetMs;
        let now = look(file);
        while (!now.isDone && performance.now() < until) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          now = look(file);
        }
        const { name, sentence, isShown } = now;
        seen.push({ name, sentence, isShown });
      }
      return seen;
    },
    { id: SHELF, budgetMs: BUDGET_MS },
  );
}

/** Something a reader can act on: no markup, no stack, and no giving up of the viewer as a whole. */
function isSentence(text: string): boolean {
  return (
    /[A-Z][^<>]{5,}\./.test(text) &&
    !text.includes('The viewer met something it was not made for') &&
    !text.includes('took more than this browser has to give')
  );
}
