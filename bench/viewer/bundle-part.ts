import { launchBrowser } from '../harness/browser.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { measureBundle } from './bundle-size.ts';
import type { Part } from './parts.ts';

export const bundlePart: Part = {
  name: 'bundle',
  runs: 1,
  async run({ note }) {
    await using server = await ServerProcess.start({ pages: true });
    const browser = await launchBrowser();
    try {
      const scripts = await measureBundle(browser, server.origin);
      for (const { url, gzipBytes } of scripts) note(`  ${(gzipBytes / 1024).toFixed(1)} KiB  ${url}`);
      return {
        bundleKb: {
          value: scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) / 1024,
          target: { atMost: 80 },
          meaning: 'scripts and styles of the viewer beyond the page, its workers among them, gzip, in KiB',
        },
      };
    } finally {
      await browser.close();
    }
  },
};
