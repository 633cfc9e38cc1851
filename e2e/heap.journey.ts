import { setTimeout } from 'node:timers/promises';
import type { Page, Request, Route } from '@playwright/test';
import { expect, expectNoSeriousFinding, instancesOf, journey, whenAllAreConnected } from './journey.ts';
import type { Product } from './product.ts';

async function takeSnapshot(product: Product, instanceId: string): Promise<string> {
  const { id } = await product.post<{ id: string }>('/api/v1/captures', {
    instanceId,
    kind: 'heapsnapshot',
    durationSeconds: 1,
  });
  return id;
}

async function whenComplete(product: Product, id: string): Promise<void> {
  const stateOf = async () =>
    (await product.get<{ status: { state: string } }>(`/api/v1/captures/${id}`)).status.state;
  await expect.poll(stateOf, { timeout: 60_000, message: id }).toBe('complete');
}

const classes = (page: Page) => page.getByRole('treegrid', { name: 'Classes', exact: true });
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen object' });
const heldBy = (page: Page) =>
  page.getByRole('treegrid', { name: 'What holds it, nearest to the root first' });
const selectedRow = (page: Page) => page.getByRole('row', { selected: true });

async function show(page: Page, view: string): Promise<void> {
  await page.getByRole('group', { name: 'View', exact: true }).getByRole('button', { name: view }).click();
}

/** Answers to one question come after whoever asked has gone on typing. */
function slowly(question: string): (route: Route) => Promise<void> {
  return async (route) => {
    if (isAbout(route.request(), question)) await setTimeout(1_000);
    await route.continue();
  };
}

/** They do not come at all. */
function never(question: string): (route: Route) => Promise<void> {
  return async (route) => {
    if (!isAbout(route.request(), question)) await route.continue();
  };
}

function isAbout(request: Request, question: string): boolean {
  return request.postData()?.includes(question) ?? false;
}

journey(
  'an engineer asks what fills the memory of a process, and who holds it',
  async ({ page, product }) => {
    journey.setTimeout(180_000);
    await whenAllAreConnected(product);
    const [instance] = await instancesOf(product, 'lobby');
    if (instance === undefined) throw new Error('the platform has no lobby');
    const earlier = await takeSnapshot(product, instance.id);
    await whenComplete(product, earlier);
    const later = await takeSnapshot(product, instance.id);
    await whenComplete(product, later);

    await page.goto(`/captures/${later}`);
    await journey.step('the head says what there is, and suspects are there or said not to be', async () => {
      await expect(page.getByLabel('The heap in numbers')).toContainText('Objects', { timeout: 40_000 });
      await show(page, 'Suspects');
      const suspects = page.getByRole('list', { name: 'Leak suspects' });
      await expect(suspects.or(page.getByText('Nothing looks like a leak'))).toBeVisible();
      await expectNoSeriousFinding(page, 'suspects');
    });

    await journey.step('classes open to their objects by the keyboard', async () => {
      await show(page, 'Classes');
      await page.getByLabel('Filter classes').fill('class:Map');
      await expect(classes(page).getByRole('row', { name: /Map/ }).nth(0)).toBeVisible();
      await expect(page).toHaveURL(/cf=class/);
      await classes(page).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect(selectedRow(page)).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('ArrowRight');
      await expect(selectedRow(page)).toHaveAttribute('aria-level', '2');
      await expect(chosen(page).getByRole('heading', { level: 2 })).toContainText('Map');
      await expectNoSeriousFinding(page, 'classes');
    });

    await expect(page).toHaveURL(/obj=\d+/);
    const object = new URL(page.url()).searchParams.get('obj');
    await journey.step('who holds it is followed, and one retainer is ignored', async () => {
      await expect(heldBy(page).getByRole('row').nth(1)).toBeVisible();
      await heldBy(page).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect(heldBy(page).getByRole('row', { selected: true })).toHaveAttribute(
        'aria-expanded',
        'true',
      );
      await chosen(page).getByRole('button', { name: 'Ignore this retainer' }).click();
      await expect(page.getByRole('group', { name: 'Ignored retainers' })).toBeVisible();
      await chosen(page).getByRole('button', { name: 'From the root' }).click();
      await expect(
        page
          .getByRole('list', { name: 'The shortest way from the root' })
          .or(page.getByText(/^No way leads/)),
      ).toBeVisible();
      // The address follows when the view has settled.
      await expect(page).toHaveURL(/part=[^&]+&ignore=\d+/);
    });

    await journey.step('the link restores all of it', async () => {
      await page.reload();
      await expect(selectedRow(page).first()).toHaveAttribute('aria-level', '2', { timeout: 20_000 });
      await expect(page.getByLabel('Filter classes')).toHaveValue('class:Map');
      await expect(page.getByRole('group', { name: 'Ignored retainers' })).toBeVisible();
      await expect(chosen(page).getByRole('button', { name: 'From the root' })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      expect(new URL(page.url()).searchParams.get('obj')).toBe(object);
    });

    await journey.step('dominators open where the object stands', async () => {
      await chosen(page).getByRole('button', { name: 'Show in dominators' }).click();
      const tree = page.getByRole('treegrid', { name: 'Dominators', exact: true });
      await expect(tree.getByRole('row').nth(1)).toBeVisible();
      await expect(page).toHaveURL(/view=dominators/);
    });

    await journey.step(
      'all that alone keeps it alive is one Tab stop, moved through with the arrows',
      async () => {
        await chosen(page).getByRole('button', { name: 'Dominators', exact: true }).click();
        const way = page.getByRole('list', { name: 'What alone keeps it alive, up to the root' });
        const steps = way.getByRole('button');
        await steps.first().focus();
        await page.keyboard.press('ArrowDown');
        await expect(steps.nth(1)).toBeFocused();
        await page.keyboard.press('End');
        await expect(steps.last()).toBeFocused();
        await page.keyboard.press('Tab');
        await expect(way.locator(':focus')).toHaveCount(0);
      },
    );

    await journey.step('a search that cannot be understood is answered at its field', async () => {
      await show(page, 'Search');
      await page.getByLabel('Search objects').fill('size>much');
      await expect(page.getByRole('alert').filter({ hasText: 'filter' })).toBeVisible();
      await page.getByLabel('Search objects').fill('size>1kb');
      await expect(page.getByRole('grid', { name: 'Objects found' }).getByRole('row').nth(1)).toBeVisible();
      await expectNoSeriousFinding(page, 'search');
    });

    await journey.step('a search that takes long says so, and ends when it is cancelled', async () => {
      const route = never('size>2kb');
      await page.route('**/heap/query', route);
      const left = page.waitForEvent('requestfailed', (request) => isAbout(request, 'size>2kb'));
      await page.getByLabel('Search objects').fill('size>2kb');
      const found = page.getByRole('grid', { name: 'Objects found' });
      await expect(page.getByText('Searching all objects…')).toBeVisible();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await left;
      await expect(found.getByText('It was cancelled.')).toBeVisible();
      await page.unroute('**/heap/query', route);
      await found.getByRole('button', { name: 'Try again' }).click();
      await expect(found.getByRole('row').nth(2)).toBeVisible();
    });

    await journey.step('compared with the earlier snapshot it says who holds more than before', async () => {
      await show(page, 'Compare');
      await page
        .getByRole('button', { name: /^Compare with / })
        .first()
        .click();
      // Both were written by copies of the service, each of which numbered the objects for itself.
      await expect(page.getByText('One process, but each snapshot numbered its objects anew')).toBeVisible({
        timeout: 40_000,
      });
      const changed = page.getByRole('grid', { name: 'Classes that changed' });
      await expect(changed.getByRole('columnheader').first()).toHaveText('Grew by');
      await page.getByLabel('Filter classes').fill('class:Map');
      const map = changed.getByRole('row').filter({ has: page.getByText('Map', { exact: true }) });
      await page.route('**/heap/query', slowly('compareRetainerPaths'));
      await map.click();
      await expect(page).toHaveURL(new RegExp(`before=${earlier}`));
      const holders = page.getByRole('treegrid', { name: 'What holds Map: before and after' });
      // Before its rows are there: what is typed ahead is not lost.
      await holders.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect(holders.getByRole('row', { selected: true })).toHaveAttribute('aria-expanded', 'true');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectNoSeriousFinding(page, 'compare');
    });

    await journey.step('the same file is read in the browser', async () => {
      const artifact = await fetch(`${product.url}/api/v1/captures/${later}/artifact`);
      const buffer = Buffer.from(await artifact.arrayBuffer());
      await page.goto('/open');
      await page.getByLabel('File', { exact: true }).setInputFiles({
        name: 'lobby.heapsnapshot',
        mimeType: 'application/json',
        buffer,
      });
      await expect(page.getByLabel('The heap in numbers')).toContainText('Objects', { timeout: 40_000 });
      await show(page, 'Classes');
      await expect(classes(page).getByRole('row').nth(1)).toBeVisible();
    });
  },
);
