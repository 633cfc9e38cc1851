import type { Locator, Page } from '@playwright/test';
import { captureIdOf, expect, expectNoSeriousFinding, journey, whenAllAreConnected } from './journey.ts';
import type { Product } from './product.ts';

interface Kind {
  question: string;
  term: string;
  service: string;
  /** What is chosen in the dialog, beside the shortest duration. */
  choose?(dialog: Locator): Promise<unknown>;
  /** Where axe is to look, in which colours: at what no other kind has. */
  axe?: { dialog?: true; page: 'light' | 'dark' };
  /** That what is seen is of this kind, and that there is something to see. */
  sees(page: Page): Promise<void>;
}

const calls = (page: Page) => page.getByRole('tree', { name: 'Calls, from the root' });

/** At least one call below the root: an empty profile has none. */
async function seesCalls(page: Page): Promise<void> {
  await expect(calls(page)).toBeVisible();
  await expect(calls(page).getByRole('treeitem').nth(1)).toBeAttached();
}

/** What happened when: walked through, selected and searched with the keyboard, and there again after a reload. */
async function seesTimeline(page: Page): Promise<void> {
  const timeline = page.getByRole('tree', { name: 'Timeline of the threads' });
  const threads = page.getByRole('table', { name: /^How long each thread executed/ });
  await expect(threads.getByRole('row', { name: /main/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'CPU samples' })).toBeVisible();

  await timeline.focus();
  await page.keyboard.press('ArrowRight');
  await expect(timeline.getByRole('treeitem', { selected: true })).toHaveAccessibleName(
    /^(Executing|Waiting|Blocked|Collecting)/,
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Selected: /)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/at=[^&]+&time=/);

  await page.getByRole('button', { name: 'Select nothing' }).click();
  const names = page.getByRole('table', { name: /^How often there was a span/ });
  // The rows move once all of the recording is summed up again, and what moves loses the focus.
  await expect(page.getByRole('heading', { name: 'Spans by name', exact: true })).toBeVisible();
  await names
    .getByRole('button', { name: /^Search / })
    .first()
    .press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^[\d,]+.match/ })).toBeVisible();
  const position = page.getByRole('status').filter({ hasText: /^[\d,]+ of / });
  const chosen = () => new URL(page.url()).searchParams.get('item');
  await expect(page).toHaveURL(/q=[^&]+&item=/);
  const before = chosen();
  await timeline.press('n');
  await expect(position).toBeVisible();
  // The address follows when the view has settled.
  await expect.poll(chosen).not.toBe(before);
  await page.reload();
  await expect(position).toBeVisible();
}

/** Fine enough that a few seconds of a small service have something to show. */
const finely = (dialog: Locator) =>
  dialog.getByRole('combobox', { name: 'A sample every' }).selectOption({ label: '16 KiB allocated' });

/** Each on a service that has something of it, so that they can be recorded side by side. */
const KINDS: Kind[] = [
  { question: 'What is it busy with?', term: 'CPU profile', service: 'lobby', sees: seesCalls },
  {
    question: 'What fills the memory?',
    term: 'Heap profile',
    service: 'user-service',
    choose: finely,
    sees: seesCalls,
  },
  {
    question: 'Which objects are in the memory?',
    term: 'Heap snapshot',
    service: 'odinbingo',
    axe: { dialog: true, page: 'light' },
    sees: async (page) => {
      await expect(page.getByRole('heading', { level: 1 })).toContainText(
        'The contents of strings were taken out before it left the process.',
      );
      await page.getByRole('button', { name: 'Classes', exact: true }).click();
      await expect(page.getByRole('treegrid', { name: 'Classes' }).getByRole('row').nth(1)).toBeVisible();
      await expect(page.getByRole('link', { name: 'V8 (.heapsnapshot)' }).first()).toBeVisible();
    },
  },
  {
    question: 'What makes garbage?',
    term: 'Allocation profile',
    service: 'bg-gate',
    choose: finely,
    sees: seesCalls,
  },
  { question: 'What is it waiting for?', term: 'Wait profile', service: 'bg-gate', sees: seesCalls },
  { question: 'Who blocks whom?', term: 'Lock profile', service: 'user-service', sees: seesCalls },
  {
    question: 'What is pending?',
    term: 'Activity',
    service: 'steampunk2',
    axe: { page: 'dark' },
    sees: async (page) => {
      const table = page.getByRole('table', { name: /^Operations that had begun and not ended/ });
      await table.getByRole('button', { expanded: false }).first().click();
      await expect(page).toHaveURL(/open=\d/);
      await expect(page.getByRole('heading', { name: 'Threads at that moment' })).toBeVisible();
    },
  },
  {
    question: 'When does what happen?',
    term: 'Trace',
    service: 'lobby',
    // The usual categories have nothing of a service that measures nothing of its own.
    choose: (dialog) => dialog.getByRole('checkbox', { name: 'Phases of the event loop' }).check(),
    axe: { dialog: true, page: 'dark' },
    sees: seesTimeline,
  },
];

interface CaptureFacts {
  status: { state: string; message?: string };
  artifact: { sizeBytes: number } | null;
  price: unknown;
}

/** From the service's page through the dialog to the page of the capture that has begun. */
async function start(page: Page, kind: Kind): Promise<string> {
  const { question, term, service, choose } = kind;
  await page.goto(`/services/${service}`);
  await page.getByRole('main').getByRole('button', { name: 'Capture…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: `${question} ${term}` }).check();
  await expect(
    dialog.getByText('Asked of the instance just now.').or(dialog.getByText(/asked just now/)),
  ).toBeVisible();
  const shortest = dialog.getByRole('radio', { name: '5 s', exact: true });
  if (await shortest.isVisible()) await shortest.check();
  await choose?.(dialog);
  if (kind.axe?.dialog) await expectNoSeriousFinding(page, `the dialog, ${term}`);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/\/captures\/cap_/);
  return captureIdOf(page);
}

async function whenComplete(product: Product, id: string, term: string): Promise<CaptureFacts> {
  const find = () => product.get<CaptureFacts>(`/api/v1/captures/${id}`);
  await expect
    .poll(
      async () => {
        const { status } = await find();
        return status.state === 'failed' ? `failed: ${status.message}` : status.state;
      },
      { timeout: 60_000, message: term },
    )
    .toBe('complete');
  return find();
}

journey.describe('an engineer with a question', () => {
  // Eight recordings, of which some wait for each other.
  journey.describe.configure({ timeout: 240_000 });

  journey(
    'takes every kind of capture from the dialog, sees its price, and sees what came of it',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      // So that somebody has to wait for somebody, also on a fast machine.
      await product.platform('contend', '40');
      const taken: { kind: Kind; id: string }[] = [];
      for (const kind of KINDS) taken.push({ kind, id: await start(page, kind) });
      for (const { kind, id } of taken) {
        const { artifact, price } = await whenComplete(product, id, kind.term);
        expect(artifact?.sizeBytes, kind.term).toBeGreaterThan(0);
        expect(price, kind.term).not.toBeNull();
        await page.goto(`/captures/${id}`);
        await expect(page.getByRole('heading', { level: 1 })).toContainText(`${kind.term} of `);
        await journey.step(kind.term, () => kind.sees(page));
        if (!kind.axe) continue;
        await page.emulateMedia({ colorScheme: kind.axe.page });
        await expectNoSeriousFinding(page, kind.term);
      }
    },
  );
});
