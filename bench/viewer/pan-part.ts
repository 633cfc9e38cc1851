import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser } from '../harness/browser.ts';
import type { Part } from '../harness/parts.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { median, percentile } from '../harness/statistics.ts';
import { LARGE, writeCpuProfile } from './reference-cpu-profile.ts';

const VIEWPORT = { width: 1440, height: 900 };
const BUDGET_MS = 300_000;
const ZOOMS = 24;
const DRAG_STEPS = 160;
/** What the viewer calls its frames in the browser's own timeline. */
const FRAME = 'time-chart frame';

interface Pan {
  /** Between two animation frames of the page. */
  readonly intervalP95Ms: number;
  /** From when a drawing was wanted to when it was there. */
  readonly drawnP95Ms: number;
  readonly frames: number;
}

interface BenchWindow {
  readonly benchDrawnMs: number[];
  readonly benchIntervals: { readonly ms: number[]; isOver: boolean };
}

/** Notes how long each drawing took, from the page's beginning on: the viewer keeps no list of them. */
function noteDrawings(name: string): void {
  const drawnMs: number[] = [];
  Object.assign(window, { benchDrawnMs: drawnMs });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName(name)) drawnMs.push(duration);
  }).observe({ type: 'measure' });
}

/** Zooms in by the wheel, drags to and fro, and zooms out again. */
async function pan(page: Page): Promise<Pan> {
  await page.evaluate(() => {
    const intervals = { ms: [] as number[], isOver: false };
    Object.assign(window, { benchIntervals: intervals });
    (window as unknown as BenchWindow).benchDrawnMs.length = 0;
    let last = performance.now();
    const frame = (now: number) => {
      intervals.ms.push(now - last);
      last = now;
      if (!intervals.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const [x, y] = [700, 500];
  await page.mouse.move(x, y);
  const zoom = async (by: number) => {
    await page.keyboard.down('Control');
    for (let turn = 0; turn < ZOOMS; turn++) await page.mouse.wheel(0, by);
    await page.keyboard.up('Control');
  };
  await zoom(-100);
  await page.mouse.down();
  for (let step = 0; step < DRAG_STEPS; step++)
    await page.mouse.move(x + 400 * Math.sin((step / DRAG_STEPS) * 4 * Math.PI), y);
  await page.mouse.up();
  await zoom(100);
  const { intervals, drawn } = await page.evaluate(() => {
    const { benchIntervals, benchDrawnMs } = window as unknown as BenchWindow;
    benchIntervals.isOver = true;
    return { intervals: benchIntervals.ms.slice(1), drawn: benchDrawnMs };
  });
  if (drawn.length < DRAG_STEPS / 4) throw new Error(`The chart was drawn ${drawn.length} times only`);
  return {
    intervalP95Ms: percentile(intervals, 0.95),
    drawnP95Ms: percentile(drawn, 0.95),
    frames: drawn.length,
  };
}

/** The chart in the order of time of 60 million frames, moved by hand, in headless Chromium with software rendering. */
export const panPart: Part = {
  name: 'pan',
  runs: 3,
  async run({ runs, folder, note }) {
    const path = join(folder, 'large.cpuprofile');
    const { frames } = writeCpuProfile(path, LARGE);
    note(`  ${frames} frames in the order of time`);
    await using server = await ServerProcess.start({ pages: true });
    const browser = await launchBrowser();
    const rounds: Pan[] = [];
    try {
      const page = await browser.newPage({ viewport: VIEWPORT });
      await page.addInitScript(noteDrawings, FRAME);
      await page.goto(`${server.origin}/open?view=time`, { waitUntil: 'networkidle' });
      await page.locator('input[type=file]').setInputFiles(path);
      await page.waitForFunction(
        () => (window as unknown as BenchWindow).benchDrawnMs.length > 0,
        undefined,
        { timeout: BUDGET_MS },
      );
      for (let run = 1; run <= runs; run++) {
        rounds.push(await pan(page));
        note(`  run ${run} of ${runs}: ${JSON.stringify(rounds.at(-1))}`);
      }
    } finally {
      await browser.close();
      await rm(path);
    }
    const of = (what: keyof Pan) => median(rounds.map((round) => round[what]));
    return {
      panP95Ms: {
        value: Math.max(of('intervalP95Ms'), of('drawnP95Ms')),
        target: { atMost: 20 },
        meaning: 'zooming and dragging over 60 million frames, the slower of the two below',
      },
      panIntervalP95Ms: {
        value: of('intervalP95Ms'),
        meaning: 'of 95 % of the animation frames, the longest time since the one before',
      },
      panDrawnP95Ms: {
        value: of('drawnP95Ms'),
        meaning: 'of 95 % of the drawings, the longest time until they were there',
      },
    };
  },
};
