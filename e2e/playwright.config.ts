import { defineConfig } from '@playwright/test';

const chromium = process.env.OPSCENTER_CHROMIUM ?? '/usr/bin/chromium';

/** What ends, suspends and restarts services and the server itself. */
const DRILLS = '**/{drain,killed-actions,stale-connections,stuck-service,vanishing}.journey.ts';
/** What asks little of the platform goes with the drills, so that both projects take about as long. */
const WITH_DRILLS = '**/{calls-over-time,compare,hostile-files,hostile-names,open-file}.journey.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // One product serves all journeys of a project, one after the other. Drills wait for processes to die and to come back, and
  // need little of the machine: beside them the pages are walked through.
  workers: 2,
  projects: [
    { name: 'drills', testMatch: [DRILLS, WITH_DRILLS], workers: 1 },
    { name: 'pages', testMatch: '**/*.journey.ts', testIgnore: [DRILLS, WITH_DRILLS], workers: 1 },
  ],
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
