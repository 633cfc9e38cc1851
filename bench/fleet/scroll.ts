import type { Browser, Page } from '@playwright/test';
import { percentile } from '../harness/statistics.ts';

const WHEEL_EVENTS = 240;
const WHEEL_PIXELS = 120;
/** Turned round before either end of the page. */
const EVENTS_PER_DIRECTION = 20;

const VIEWPORT = { width: 1440, height: 900 };
/** As tall as the overview, of one colour and without scripts. */
const PLAIN_PAGE = '<body style="height: 10000px; background: white"></body>';

/** Of 95 % of the frames, the longest time since the one before, while the overview is scrolled. */
export async function measureScroll(browser: Browser, origin: string): Promise<number> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(origin, { waitUntil: 'load' });
  await page.getByRole('link', { name: 'service-000', exact: true }).first().waitFor();
  return await turnWheel(page);
}

/** The same of a page with nothing on it: what this machine can do while the fleet keeps it busy. */
export async function measurePlainScroll(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.setContent(PLAIN_PAGE);
  return await turnWheel(page);
}

async function turnWheel(page: Page): Promise<number> {
  await page.mouse.move(500, 500);
  await page.evaluate(() => {
    const state = { frames: [] as number[], scrolls: 0, isOver: false };
    Object.assign(window, { benchState: state });
    document.addEventListener('scroll', () => state.scrolls++, { capture: true });
    let last = performance.now();
    const frame = (now: number) => {
      state.frames.push(now - last);
      last = now;
      if (!state.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let event = 0; event < WHEEL_EVENTS; event++) {
    const down = Math.floor(event / EVENTS_PER_DIRECTION) % 2 === 0;
    await page.mouse.wheel(0, down ? WHEEL_PIXELS : -WHEEL_PIXELS);
  }
  const { frames, scrolls } = await page.evaluate(() => {
    const { benchState } = window as unknown as {
      benchState: { frames: number[]; scrolls: number; isOver: boolean };
    };
    benchState.isOver = true;
    return { frames: benchState.frames, scrolls: benchState.scrolls };
  });
  await page.close();
  if (scrolls < WHEEL_EVENTS / 4) throw new Error(`The page scrolled ${scrolls} times only`);
  return percentile(frames, 0.95);
}
