import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';

const FIXTURES = new URL('../../profile/fixtures/', import.meta.url);
const fixture = (name: string) => new URL(name, FIXTURES).pathname;

/** Files of the other forms that samples come in, as small as they get. */
const OTHER_FORMS = [
  fixture('node24.heap.heapprofile'),
  fixture('go119.heap.pb.gz'),
  { name: 'a.collapsed', mimeType: 'text/plain', buffer: Buffer.from('main;parse 3\nmain;draw 1\n') },
  {
    name: 'a.speedscope.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify({
        $schema: 'https://www.speedscope.app/file-format-schema.json',
        shared: { frames: [{ name: 'main' }] },
        profiles: [
          {
            type: 'sampled',
            name: 'a',
            unit: 'milliseconds',
            startValue: 0,
            endValue: 1,
            samples: [[0]],
            weights: [1],
          },
        ],
      }),
    ),
  },
];

export interface Script {
  readonly url: string;
  readonly gzipBytes: number;
}

interface Bundle {
  /** What was there once the flame graph of a CPU profile was there and was searched by a regular expression. */
  readonly first: readonly Script[];
  /** What else came while every view, menu and panel was opened, and a file of each form. */
  readonly later: readonly Script[];
}

/**
 * Scripts and styles that the viewer brings along, workers' scripts among them, without what a page without a viewer has fetched
 * already. What belongs to the page that opens files counts as the viewer's.
 */
export async function measureBundle(browser: Browser, origin: string): Promise<Bundle> {
  const page = await browser.newPage();
  const fetched = new Set<string>();
  const look = async () => {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1000);
    for (const url of await scriptsOf(page)) fetched.add(url);
  };
  await page.goto(`${origin}/audit`, { waitUntil: 'networkidle' });
  const shell = new Set(await scriptsOf(page));
  await page.goto(`${origin}/open`, { waitUntil: 'networkidle' });
  await page.locator('input[type=file]').setInputFiles(fixture('node24.cpuprofile'));
  await page.getByRole('treeitem').first().waitFor();
  await page.getByTitle('Search by regular expression').click();
  await page.getByLabel('Search functions and files').fill('parse.*');
  await look();
  const first = [...fetched].filter((url) => !shell.has(url));
  await page.getByLabel('Search functions and files').fill('');
  for (const view of ['Time', 'Callers', 'Sandwich', 'Table', 'Both', 'Flame graph']) {
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: view }).click();
    await look();
  }
  await page.locator('.flame-viewer').getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Collapsed stacks' }).click();
  await download;
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('s');
  await look();
  for (const file of OTHER_FORMS) {
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('treeitem').first().waitFor();
    await look();
  }
  await page.close();
  const later = [...fetched].filter((url) => !shell.has(url) && !first.includes(url));
  return { first: await weigh(first), later: await weigh(later) };
}

function weigh(urls: readonly string[]): Promise<Script[]> {
  return Promise.all(
    urls.map(async (url) => ({
      url,
      gzipBytes: gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length,
    })),
  );
}

async function scriptsOf(page: Page): Promise<string[]> {
  const fetched = () => performance.getEntriesByType('resource').map(({ name }) => name);
  const all = await Promise.all([
    page.evaluate(fetched),
    ...page.workers().map((worker) => worker.evaluate(fetched)),
  ]);
  const urls = [...all.flat(), ...page.workers().map((worker) => worker.url())];
  return [...new Set(urls.map((url) => url.replace(/[?#].*/, '')))].filter((url) => /\.(js|css)$/.test(url));
}
