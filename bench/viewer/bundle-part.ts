import { launchBrowser } from '../harness/browser.ts';
import type { Part } from '../harness/parts.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { measureBundle, type Script } from './bundle-size.ts';

export const bundlePart: Part = {
  name: 'bundle',
  runs: 1,
  async run({ note }) {
    await using server = await ServerProcess.start({ pages: true });
    const browser = await launchBrowser();
    try {
      const { first, later } = await measureBundle(browser, server.origin);
      const say = ({ url, gzipBytes }: Script) => note(`  ${(gzipBytes / 1024).toFixed(1)} KiB  ${url}`);
      first.forEach(say);
      note('later:');
      later.forEach(say);
      return {
        bundleKb: {
          value: kibibytesOf(first),
          target: { atMost: 80 },
          meaning:
            'scripts and styles that a flame graph of a CPU profile needs beyond the page, its workers among them, gzip, in KiB',
        },
        bundleAllKb: {
          value: kibibytesOf([...first, ...later]),
          meaning: 'with what each other view, menu and form of file brings along when it is opened',
        },
      };
    } finally {
      await browser.close();
    }
  },
};

function kibibytesOf(scripts: readonly Script[]): number {
  return scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) / 1024;
}
