import type { Browser } from '@playwright/test';
import { percentile } from '../harness/statistics.ts';

const WHEEL_EVENTS = 240;
const WHEEL_PIXELS = 120;
/** Turned round before either end of the page. */
const EVENTS_PER_DIRECTION = 20;

/** Turns the wheel over the overview for some seconds; 95 % of the frames came within so many milliseconds. */
export async function measureScroll(browser: Browser, origin: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(origin, { waitUntil: 'load' });
  await page.getByRole('link', { name: 'service-000', exact: true }).first().waitFor();
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
