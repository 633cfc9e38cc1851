import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';

/** A page that opens a local file. */
export interface Viewer {
  readonly name: string;
  readonly url: string;
  /** Makes the page ask for a file. */
  ask(page: Page): Promise<void>;
  /**
   * Runs in the page, once per animation frame: whether the picture is there. Each time what is comparable to a flame graph has
   * its first boxes; a page that shows it later than other things is not charged for what it shows after it.
   */
  readonly isDrawn: () => boolean;
}

const peersFolder = fileURLToPath(new URL('peers', import.meta.url));

/** As their lock file says; nothing of theirs is run for it. */
export function installPeers(): void {
  if (
    existsSync(`${peersFolder}/node_modules/cpupro`) &&
    existsSync(`${peersFolder}/node_modules/speedscope`)
  )
    return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peersFolder,
    stdio: ['ignore', 2, 2],
  });
}

const peerUrl = (path: string) => pathToFileURL(`${peersFolder}/node_modules/${path}`).href;

/** The real page, as it was built. */
export const ours = (origin: string): Viewer => ({
  name: 'ours',
  url: `${origin}/open`,
  ask: (page) => page.getByRole('button', { name: 'Choose a file' }).click(),
  isDrawn: () => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      '.flame-viewer[aria-busy="false"] [data-picture] canvas',
    );
    if (canvas === null || canvas.width === 0) return false;
    // Boxes and not an empty canvas: a few pixels of its upper lines.
    const copy = new OffscreenCanvas(16, 4).getContext('2d', { willReadFrequently: true });
    copy?.drawImage(canvas, 0, 0, canvas.width, Math.min(60, canvas.height), 0, 0, 16, 4);
    return copy?.getImageData(0, 0, 16, 4).data.some((value) => value > 0) === true;
  },
});

/** Draws its tables, its lanes by category and its flame graph in one go; the flame graph stands in a shadow tree. */
export const cpupro = (): Viewer => ({
  name: 'cpupro',
  url: peerUrl('cpupro/build/app.html'),
  ask: (page) => page.getByText('Open file').first().click(),
  isDrawn: () => {
    const within = (root: ParentNode): boolean =>
      root.querySelector('.flamechart')?.hasChildNodes() === true ||
      [...root.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot !== null && within(shadowRoot));
    return within(document);
  },
});

/** Names its views in the toolbar once it has a profile to show. */
export const speedscope = (): Viewer => ({
  name: 'speedscope',
  url: peerUrl('speedscope/dist/release/index.html'),
  ask: (page) => page.getByText('Browse', { exact: true }).click(),
  isDrawn: () => document.body.textContent.includes('Time Order'),
});
