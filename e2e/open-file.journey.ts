import { expect, journey } from './journey.ts';
import { WAITS } from './own-files.ts';

const sampled = (name: string, samples: number[][]) => ({
  type: 'sampled',
  name,
  unit: 'milliseconds',
  startValue: 0,
  endValue: samples.length,
  samples,
  weights: samples.map(() => 1),
});
const threads = {
  shared: { frames: [{ name: 'main' }, { name: 'parse' }, { name: 'poll' }] },
  profiles: [sampled('worker', [[2]]), sampled('main thread', [[0, 1], [0, 1], [0]])],
};

journey(
  'a file with several threads shows the busiest first, and the address says which one is seen',
  async ({ page }) => {
    await page.goto('/open');
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'two-threads.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(threads)),
    });
    const choice = page.getByRole('combobox', { name: 'Thread or profile' });
    await expect(choice).toHaveValue('main thread');
    const tree = page.getByRole('tree', { name: 'Calls, from the root' });
    await expect(tree.getByRole('treeitem', { name: /^main,/ })).toHaveCount(1);
    await choice.selectOption('worker');
    await expect(tree.getByRole('treeitem', { name: /^poll,/ })).toHaveCount(1);
    await expect(page).toHaveURL(/thread=worker/);
    // Another file is seen from its beginning; what is no profile is called what it is.
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'two-threads.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"name":"opscenter","version":"0.1.0"}'),
    });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('has the keys of no profile');
    await expect(page).not.toHaveURL(/thread=/);
  },
);

journey('a file with labels is grouped by one of them, and the link restores that', async ({ page }) => {
  const input = page.getByLabel('File', { exact: true });
  const tree = page.getByRole('tree', { name: 'Calls, from the root' });
  const below = (name: RegExp) => tree.getByRole('treeitem', { level: 2, name });
  const isGrouped = async () => {
    await expect(below(/^timer,/)).toHaveCount(1);
    await expect(below(/^network,/)).toHaveCount(1);
    await expect(below(/^main,/)).toHaveCount(0);
  };
  await page.goto('/open');
  await input.setInputFiles(WAITS);
  await expect(below(/^main,/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Group by type' }).click();
  await isGrouped();
  await expect(page).toHaveURL(/group=type/);
  await page.reload();
  await input.setInputFiles(WAITS);
  await isGrouped();
});
