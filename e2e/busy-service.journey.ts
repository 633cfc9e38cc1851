import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Route } from '@playwright/test';
import {
  captureFromServicePage,
  captureIdOf,
  expect,
  journey,
  topBySelf,
  whenAllAreConnected,
  whenRecording,
} from './journey.ts';

const BCRYPT = /encipher|bcrypt|_crypt|_ekskey|_key|next|_streamtoword/i;

async function answeredLate(route: Route): Promise<void> {
  const response = await route.fetch();
  await setTimeout(1_500);
  await route.fulfill({ response });
}

journey.describe('an engineer whose players wait at the login', () => {
  journey('sees every service and its instances alive', async ({ page, product }) => {
    await whenAllAreConnected(product);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/well|needs? a look|strained/);
    for (const service of ['bg-gate', 'lobby', 'steampunk2', 'odinbingo', 'user-service'])
      await expect(
        page.getByRole('row').filter({ has: page.getByRole('link', { name: service, exact: true }) }),
      ).toBeVisible();
    await expect(page.getByRole('link', { name: /^steampunk2-1, / })).toBeVisible();
  });

  journey(
    'finds that bcrypt owns the flame graph, within three clicks from the service',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      await captureFromServicePage(page, 'user-service');
      await whenRecording(page);
      const tree = page.getByRole('tree', { name: 'Calls, from the root' });
      await expect(tree).toBeVisible({ timeout: 40_000 });

      await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Table' }).click();
      const top = await topBySelf(page, 5);
      const ofBcrypt = top.filter(({ name }) => BCRYPT.test(name));
      const share = ofBcrypt.reduce((sum, { selfShare }) => sum + selfShare, 0);
      expect(share, `bcrypt among ${JSON.stringify(top)}`).toBeGreaterThan(50);

      await page.getByRole('textbox', { name: 'Search functions and files' }).fill('bcryptjs');
      await expect(page.getByText(/functions?, [\d.]+\s?% of the time/)).toBeVisible();
    },
  );

  journey('downloads a pprof whose top five are those of the page', async ({ page, recorded }, info) => {
    await page.goto(recorded);
    await page
      .getByRole('group', { name: 'View' })
      .getByRole('button', { name: 'Table' })
      .click({ timeout: 40_000 });
    const shown = await topBySelf(page, 5);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'pprof (.pb.gz)' }).click(),
    ]);
    const file = info.outputPath('user-service.pb.gz');
    await download.saveAs(file);
    const hasGo = await promisify(execFile)('go', ['version']).then(
      () => true,
      () => false,
    );
    journey.skip(!hasGo, 'go is not installed: apt-get install golang-go');
    const { stdout } = await promisify(execFile)('go', ['tool', 'pprof', '-top', '-nodefraction=0', file], {
      env: { ...process.env, HOME: info.outputPath(), GOCACHE: join(info.outputPath(), 'cache') },
    });
    const lines = stdout
      .split('\n')
      .slice(stdout.split('\n').findIndex((line) => /flat\s+flat%/.test(line)) + 1);
    const listed = lines
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(/\s+/).slice(5).join(' '));
    const go = listed.filter((name) => !name.startsWith('(idle)')).slice(0, 5);
    for (const { name } of shown)
      expect(
        go.some((line) => line.includes(name)),
        `${name} in ${go}`,
      ).toBe(true);
  });

  journey('gets the V8 file with the hash that the page tells', async ({ product, request }) => {
    await whenAllAreConnected(product);
    const { id } = await product.post<{ id: string }>('/api/v1/captures', {
      service: 'bg-gate',
      kind: 'cpu',
      durationSeconds: 1,
    });
    const find = () =>
      product.get<{ status: { state: string }; artifact: { sha256: string } | null }>(
        `/api/v1/captures/${id}`,
      );
    await expect.poll(async () => (await find()).status.state, { timeout: 30_000 }).toBe('complete');
    const { artifact } = await find();
    const answer = await request.get(`/api/v1/captures/${id}/artifact`);
    const bytes = await answer.body();
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
    expect(digest).toBe(artifact?.sha256);
    expect(JSON.parse(bytes.toString('utf8'))).toHaveProperty('timeDeltas');
  });

  journey(
    'stops a long recording and keeps it, and cancels another and keeps nothing',
    async ({ page, product }) => {
      await whenAllAreConnected(product);
      // It records before its request is answered: the answer is the older news, and does not set it back.
      await page.route('**/api/v1/captures', answeredLate, { times: 1 });
      await captureFromServicePage(page, 'lobby', '10 s');
      await whenRecording(page);
      await page.getByRole('main').getByRole('button', { name: 'Stop and keep' }).click();
      await expect(page.getByRole('region', { name: 'CPU profile' })).toBeVisible({ timeout: 40_000 });
      const kept = captureIdOf(page);
      await expect
        .poll(
          async () =>
            (await product.get<{ status: { state: string } }>(`/api/v1/captures/${kept}`)).status.state,
        )
        .toBe('complete');

      await captureFromServicePage(page, 'lobby', '10 s');
      await whenRecording(page);
      await page.getByRole('main').getByRole('button', { name: 'Cancel and discard' }).click();
      await expect(page.getByText(/cancelled\. Nothing was kept\./).first()).toBeVisible();
      const { status } = await fetch(`${product.url}/api/v1/captures/${captureIdOf(page)}/artifact`);
      expect(status).toBe(409);
    },
  );

  journey('restores exactly what a link shows', async ({ page, recorded, context }) => {
    await page.goto(recorded);
    const view = page.getByRole('group', { name: 'View' });
    await view.getByRole('button', { name: 'Both' }).click({ timeout: 40_000 });
    await page.getByRole('textbox', { name: 'Search functions and files' }).fill('encipher');
    const tree = page.getByRole('tree', { name: 'Calls, from the root' });
    await tree.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const selected = await tree.getByRole('treeitem', { selected: true }).getAttribute('aria-label');
    await expect(page).toHaveURL(/encipher/);

    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByRole('textbox', { name: 'Search functions and files' })).toHaveValue('encipher', {
      timeout: 20_000,
    });
    const otherTree = other.getByRole('tree', { name: 'Calls, from the root' });
    await expect(otherTree.getByRole('treeitem', { selected: true })).toHaveAttribute(
      'aria-label',
      selected ?? '',
    );
    await expect(
      other.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Both', pressed: true }),
    ).toBeVisible();
  });
});
