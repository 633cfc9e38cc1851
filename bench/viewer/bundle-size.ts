import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';

const FIXTURE = new URL('../../profile/fixtures/node24.cpuprofile', import.meta.url);

interface Script {
  readonly url: string;
  readonly gzipBytes: number;
}

/**
 * Scripts and styles that the viewer brings along: all that the page of a file has fetched once the picture is there and was
 * searched, workers' scripts among them, without what a page without a viewer has fetched already.
 */
export async function measureBundle(browser: Browser, origin: string): Promise<readonly Script[]> {
  const page = await browser.newPage();
  await page.goto(`${origin}/audit`, { waitUntil: 'networkidle' });
  const shell = new Set(await scriptsOf(page));
  await page.goto(`${origin}/open`, { waitUntil: 'networkidle' });
  await page.locator('input[type=file]').setInputFiles(FIXTURE.pathname);
  await page.getByRole('treeitem').first().waitFor();
  await page.getByTitle('Search by regular expression').click();
  await page.getByLabel('Search functions and files').fill('parse.*');
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1000);
  const own = (await scriptsOf(page)).filter((url) => !shell.has(url));
  await page.close();
  return Promise.all(
    own.map(async (url) => ({
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
