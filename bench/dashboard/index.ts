import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { SimulatedFleet } from '../fleet/simulated-fleet.ts';
import type { Bench } from '../harness/bench.ts';
import { launchBrowser } from '../harness/browser.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { median } from '../harness/statistics.ts';

const RUNS = 7;
/** As many services and instances as the example platform has. */
const SIZE = { groups: 1, agentsPerGroup: 6, agentsPerService: 1 };
/** Long enough for what comes late: nobody has touched anything by then. */
const SETTLE_MS = 1_500;

interface Visit {
  lcpMs: number;
  scriptKb: number;
}

/** The overview by somebody who was never there: nothing is in the cache. */
async function visit(browser: Browser, origin: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await page.goto(origin, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLE_MS);
  const lcpMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe(
          {
            type: 'largest-contentful-paint',
            buffered: true,
          },
        );
      }),
  );
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
  await context.close();
  return { lcpMs, scriptKb: sizes.reduce((sum, size) => sum + size, 0) / 1024 };
}

export const dashboard: Bench = {
  summary: 'how soon the overview is there, and how much script that takes',
  async run({ runs = RUNS, note }) {
    await using server = await ServerProcess.start({ pages: true });
    await using _agents = await SimulatedFleet.start(server, SIZE);
    const browser = await launchBrowser();
    const visits: Visit[] = [];
    try {
      // The first visit warms the renderer, as the first one after a start does in production.
      await visit(browser, server.origin);
      for (let run = 1; run <= runs; run++) {
        const measured = await visit(browser, server.origin);
        visits.push(measured);
        note(`visit ${run} of ${runs}: ${measured.lcpMs.toFixed(0)} ms, ${measured.scriptKb.toFixed(0)} KiB`);
      }
    } finally {
      await browser.close();
    }
    return {
      runs,
      figures: {
        lcpMs: {
          value: median(visits.map(({ lcpMs }) => lcpMs)),
          target: { atMost: 1000 },
          meaning: 'largest contentful paint of / with an empty cache',
        },
        firstLoadKb: {
          value: median(visits.map(({ scriptKb }) => scriptKb)),
          target: { atMost: 200 },
          meaning: 'scripts fetched before anybody touched anything, gzip, in KiB',
        },
      },
    };
  },
};
