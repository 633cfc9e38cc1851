import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { launchBrowser } from '../harness/browser.ts';
import type { Part } from '../harness/parts.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { median, percentile } from '../harness/statistics.ts';
import { writeReference } from './references.ts';

const VIEWPORT = { width: 1440, height: 900 };
const OPEN_BUDGET_MS = 600_000;
const ANSWER_BUDGET_MS = 60_000;
const TURNS = 150;
/** Pixels of a turn of the wheel: three rows, then a screen, then as far as a dragged scroll bar jumps. */
const STRIDES = [80, 700, 20_000];

interface Scrolled {
  readonly list: string;
  /** Between two animation frames, of 95 % at most. */
  readonly intervalP95Ms: number;
  readonly frames: number;
  /** Of the frames, those in which a row in sight was still on its way. */
  readonly waitingShare: number;
}

interface BenchWindow {
  readonly benchFrames: { readonly ms: number[]; waiting: number; isOver: boolean };
}

/** Turns the wheel over a list, slowly and fast, down and up again. */
async function scroll(page: Page, list: Locator, name: string): Promise<Scrolled> {
  await list.getByRole('row').nth(20).waitFor({ timeout: ANSWER_BUDGET_MS });
  const box = await list.boundingBox();
  if (box === null) throw new Error(`The list of ${name} is not to be seen`);
  await page.mouse.move(box.x + box.width / 2, Math.min(box.y + 200, VIEWPORT.height - 100));
  await page.evaluate(() => {
    const frames = { ms: [] as number[], waiting: 0, isOver: false };
    Object.assign(window, { benchFrames: frames });
    let last = performance.now();
    const frame = (now: number) => {
      frames.ms.push(now - last);
      last = now;
      if (document.querySelector('[role$=grid] tr[aria-busy]') !== null) frames.waiting++;
      if (!frames.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (const stride of STRIDES)
    for (const direction of [1, -1])
      for (let turn = 0; turn < TURNS / 2; turn++) await page.mouse.wheel(0, direction * stride);
  const { ms, waiting } = await page.evaluate(() => {
    const { benchFrames } = window as unknown as BenchWindow;
    benchFrames.isOver = true;
    return { ms: benchFrames.ms.slice(1), waiting: benchFrames.waiting };
  });
  return {
    list: name,
    intervalP95Ms: percentile(ms, 0.95),
    frames: ms.length,
    waitingShare: waiting / Math.max(1, ms.length),
  };
}

async function scrollAll(page: Page): Promise<Scrolled[]> {
  const show = (view: string) =>
    page.getByRole('group', { name: 'View', exact: true }).getByRole('button', { name: view }).click();
  const treegrid = (name: string) => page.getByRole('treegrid', { name, exact: true });
  const found = page.getByRole('grid', { name: 'Objects found' });

  await show('Classes');
  const classes = await scroll(page, treegrid('Classes'), 'classes');
  await show('Dominators');
  const dominators = await scroll(page, treegrid('Dominators'), 'dominators');
  await show('Search');
  await page.getByLabel('Search objects').fill('size>40');
  const objects = await scroll(page, found, 'objects');
  return [classes, dominators, objects];
}

/** A snapshot of 400 MB in the page, scrolled through in headless Chromium with software rendering. */
export const scrollPart: Part = {
  name: 'scroll',
  runs: 3,
  async run({ runs, folder, note }) {
    const path = join(folder, 'reference.heapsnapshot');
    const { nodeCount } = writeReference(path, '400 MB');
    await using server = await ServerProcess.start({ pages: true });
    const browser = await launchBrowser();
    const rounds: Scrolled[][] = [];
    let openSeconds: number;
    try {
      const page = await browser.newPage({ viewport: VIEWPORT });
      await page.goto(`${server.origin}/open`, { waitUntil: 'networkidle' });
      const startedAt = performance.now();
      await page.locator('input[type=file]').setInputFiles(path);
      await page
        .getByRole('group', { name: 'View', exact: true })
        .getByRole('button', { name: 'Classes' })
        .waitFor({ timeout: OPEN_BUDGET_MS });
      openSeconds = (performance.now() - startedAt) / 1000;
      note(`  ${nodeCount} nodes are open in the page after ${openSeconds.toFixed(1)} s`);
      for (let run = 1; run <= runs; run++) {
        const round = await scrollAll(page);
        rounds.push(round);
        note(`  run ${run} of ${runs}: ${JSON.stringify(round)}`);
      }
    } finally {
      await browser.close();
      await rm(path);
    }
    const worst = (round: readonly Scrolled[], what: 'intervalP95Ms' | 'waitingShare') =>
      Math.max(...round.map((one) => one[what]));
    return {
      scrollP95Ms: {
        value: median(rounds.map((round) => worst(round, 'intervalP95Ms'))),
        target: { atMost: 20 },
        meaning: `${nodeCount} nodes, of 95 % of the frames the longest time since the one before, in the worst list`,
      },
      scrollWaitingShare: {
        value: median(rounds.map((round) => worst(round, 'waitingShare'))),
        meaning: 'of the frames, those in which a row in sight was still on its way, in the worst list',
      },
      openInPageSeconds: {
        value: openSeconds,
        meaning: 'from the choice of the file to the first view of it',
      },
    };
  },
};
