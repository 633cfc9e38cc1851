import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { captureFromServicePage, expect, instancesOf, journey } from './journey.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

journey('functions named as markup are shown as text and run nothing', async ({ page, product }) => {
  const service = spawn(
    process.execPath,
    ['--import', '@opscenter/agent/register', join(HERE, 'services', 'hostile-names.cjs')],
    {
      cwd: dirname(HERE),
      stdio: 'ignore',
      env: {
        ...process.env,
        OPSCENTER_SERVICE: 'hostile-names',
        OPSCENTER_VERSION: '<b>1</b>',
        OPSCENTER_LABELS: 'instance=<img src=x onerror=window.hacked=1>',
        OPSCENTER_SERVER: product.registryAddress,
        OPSCENTER_TOKEN_FILE: product.tokenFile,
      },
    },
  );
  try {
    await expect
      .poll(async () => (await instancesOf(product, 'hostile-names'))[0]?.connection.state, {
        timeout: 20_000,
      })
      .toBe('connected');
    await page.goto('/');
    await expect(page.getByRole('rowheader', { name: 'hostile-names' })).toBeVisible();
    await captureFromServicePage(page, 'hostile-names');
    await page
      .getByRole('group', { name: 'View' })
      .getByRole('button', { name: 'Both' })
      .click({ timeout: 40_000 });
    // They take hardly anything themselves: below the table's edge, unless they are searched for.
    await page.getByRole('textbox', { name: 'Search functions and files' }).fill('window.hacked=1');
    const rows = page.getByRole('grid', { name: /^Functions by self/ }).getByRole('row');
    for (const name of [
      '<img src=x onerror="window.hacked=1">',
      '</script><script>window.hacked=1</script>',
      '"><svg onload=window.hacked=1>',
    ])
      await expect(rows.filter({ hasText: name })).toBeVisible();
    await page.getByRole('tree', { name: 'Calls, from the root' }).focus();
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  } finally {
    service.kill('SIGKILL');
  }
});
