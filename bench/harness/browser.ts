import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

/** The system's Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.OPSCENTER_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`There is no Chromium at ${executablePath}: install it or set OPSCENTER_CHROMIUM.`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
}
