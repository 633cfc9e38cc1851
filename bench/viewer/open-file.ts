import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { readResidentMb } from '../harness/process-figures.ts';
import type { Viewer } from './viewers.ts';

export interface Opening {
  /** From the choice of the file to the second animation frame after the picture was there. */
  readonly openMs: number;
  /** Resident memory of the page's process, its worker threads among it, some time after. */
  readonly settledMb: number;
  /** The most it was since the process began. */
  readonly peakMb: number;
}

const VIEWPORT = { width: 1440, height: 900 };
const BUDGET_MS = 300_000;
/** Garbage that is collected by itself is gone by then. */
const SETTLE_MS = 2_000;

/** @throws {Error} when the page does not show a picture in time, or breaks */
export async function openFile(browser: Browser, viewer: Viewer, path: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const system = await browser.newBrowserCDPSession();
  try {
    const before = await renderers(system);
    const page = await context.newPage();
    await page.addInitScript(noteChoice);
    await page.addInitScript(`window.benchIsDrawn = ${viewer.isDrawn}`);
    await page.goto(viewer.url);
    await page.waitForLoadState('networkidle');
    const chooser = page.waitForEvent('filechooser');
    await viewer.ask(page);
    await (await chooser).setFiles(path);
    const openMs = await untilDrawn(page, viewer);
    await page.waitForTimeout(SETTLE_MS);
    const pid = largest((await renderers(system)).filter((one) => !before.includes(one)));
    return { openMs, settledMb: readResidentMb(pid), peakMb: readPeakMb(pid) };
  } finally {
    await system.detach();
    await context.close();
  }
}

interface BenchWindow {
  readonly benchIsDrawn: () => boolean;
  readonly benchChosenAt: number;
}

/** Notes when a file is chosen, by an input that need not be in the document. */
function noteChoice(): void {
  const note = (event: Event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file')
      Object.assign(window, { benchChosenAt: performance.now() });
  };
  const click = HTMLInputElement.prototype.click;
  HTMLInputElement.prototype.click = function (this: HTMLInputElement) {
    this.addEventListener('change', note, { capture: true });
    click.call(this);
  };
  document.addEventListener('change', note, { capture: true });
}

function untilDrawn(page: Page, viewer: Viewer): Promise<number> {
  const crashed = new Promise<never>((_, reject) =>
    page.once('crash', () => reject(new Error(`${viewer.name} crashed`))),
  );
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`${viewer.name} shows nothing in time`)), BUDGET_MS).unref(),
  );
  const drawn = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { benchIsDrawn, benchChosenAt } = window as unknown as BenchWindow;
        const done = () => resolve(performance.now() - benchChosenAt);
        const look = () => {
          if (benchIsDrawn()) requestAnimationFrame(() => requestAnimationFrame(done));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
  return Promise.race([drawn, crashed, late]);
}

async function renderers(system: CDPSession): Promise<number[]> {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function largest(pids: readonly number[]): number {
  const [first] = [...pids].sort((a, b) => readResidentMb(b) - readResidentMb(a));
  if (first === undefined) throw new Error('The page has no process of its own');
  return first;
}

function readPeakMb(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}
