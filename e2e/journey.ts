import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Product, startProduct } from './product.ts';

/** A journey: the page of a running product. Scripts that fail in the page fail the journey. */
export const journey = base.extend<{ page: Page }, { product: Product; recorded: string }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, { parallelIndex }) => {
      const product = await startProduct(parallelIndex);
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  /** The page of a CPU profile of user-service, for those who only look at one. */
  recorded: [
    async ({ product }, use) => {
      await whenAllAreConnected(product);
      const [instance] = await instancesOf(product, 'user-service');
      const wish = { instanceId: instance?.id, kind: 'cpu', durationSeconds: 5 };
      const { id } = await product.post<{ id: string }>('/api/v1/captures', wish);
      const find = () => product.get<{ status: { state: string } }>(`/api/v1/captures/${id}`);
      await expect.poll(async () => (await find()).status.state, { timeout: 60_000 }).toBe('complete');
      await use(`/captures/${id}`);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
  page: async ({ page }, use) => {
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    // What failed in a part of the page that says so instead: it is written to the console with its stack.
    page.on('console', (message) => {
      if (message.type() === 'error' && /^\w*Error\b.*\n\s+at /.test(message.text()))
        failures.push(message.text());
    });
    await use(page);
    expect(failures, 'no script failed in the page').toEqual([]);
  },
});

export { expect };

interface ListedInstance {
  id: string;
  name: string;
  service: string;
  pid: number;
  connection: { state: string };
  health: { state: string; where?: string };
}

export async function instancesOf(product: Product, service?: string): Promise<ListedInstance[]> {
  return product.get<ListedInstance[]>(`/api/v1/instances${service ? `?service=${service}` : ''}`);
}

/** Waits until every process of the platform is connected. Whether it is well depends on how busy the machine is. */
export async function whenAllAreConnected(product: Product): Promise<void> {
  await expect
    .poll(
      async () => {
        const live = (await instancesOf(product)).filter(
          ({ connection }) => connection.state !== 'dead' && connection.state !== 'stopped',
        );
        return live.length >= 6 && live.every(({ connection }) => connection.state === 'connected');
      },
      { timeout: 45_000, message: 'all instances of the platform are connected' },
    )
    .toBe(true);
}

/** From a service's page to the finished capture's page, as a person does it. */
export async function captureFromServicePage(
  page: Page,
  service: string,
  seconds: '5 s' | '10 s' = '5 s',
): Promise<void> {
  await page.goto(`/services/${service}`);
  await page.getByRole('main').getByRole('button', { name: 'Capture…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: seconds }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/\/captures\/cap_/);
}

/** Waits until the capture whose page is open has begun to record. */
export async function whenRecording(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Recording(:| a thread)/, {
    timeout: 20_000,
  });
}

export function captureIdOf(page: Page): string {
  const id = /cap_[0-9a-z]{20}/.exec(page.url())?.[0];
  if (id === undefined) throw new Error(`${page.url()} is no capture's page`);
  return id;
}

/** The rows of the table of functions, from the top: name and share of self time in percent. */
export async function topBySelf(page: Page, count: number): Promise<{ name: string; selfShare: number }[]> {
  const table = page.getByRole('grid', { name: /^Functions by self and total time/ });
  const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(rows.first()).toBeVisible();
  const texts = await rows.evaluateAll(
    (elements, most) =>
      elements.slice(0, most).map((row) => {
        const cells = [...row.querySelectorAll('td')];
        return {
          self: cells[0]?.textContent ?? '',
          name: cells.at(-1)?.querySelector('span')?.textContent ?? '',
        };
      }),
    count,
  );
  return texts.map(({ self, name }) => ({ name, selfShare: Number(/([\d.]+)\s*%/.exec(self)?.[1]) }));
}

/** Half-way from light to dark nothing has the contrast that it has in either. What is out of sight may never be over. */
async function transitionsOver(): Promise<void> {
  const running = document.getAnimations().filter((each) => each instanceof CSSTransition);
  const over = Promise.allSettled(running.map(({ finished }) => finished));
  await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 2_000))]);
}

/** What axe finds on the page as it is now, as far as it is serious. `where` begins each finding; `rules`: those asked alone. */
export async function expectNoSeriousFinding(page: Page, where: string, rules?: string[]): Promise<void> {
  await page.evaluate(transitionsOver);
  // No page here has a frame, and so none needs another page to put together what was found in its frames.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
  ).toEqual([]);
}

/** Of axe's rules that it asks by itself, those whose answer colours can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** The same in light and dark, which have the same page in other colours: what is not about colours is looked for once. */
export async function expectNoSeriousFindingInLightAndDark(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoSeriousFinding(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoSeriousFinding(page, `${where}, dark`, COLOUR_RULES);
}
