import { defineConfig } from 'vitest/config';

/**
 * What starts whole systems of processes and times them: a death seen within so many seconds, a stop within so many. Run
 * beside each other they would measure each other, so they come last and one at a time.
 */
const SYSTEMS = [
  'agent/testing/**/*.test.ts',
  'platform/{stale-connections,supervisor}.test.ts',
  'scripts/*.test.ts',
  'server/main.test.ts',
  'server/actions/*.drill.test.ts',
  'server/captures/lying-agent.test.ts',
];
const NOWHERE = ['**/node_modules/**', '**/dist/**', '**/.next/**'];

export default defineConfig({
  test: {
    // Each file gets a process of its own: tests start threads, listen on ports and hold locks.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // What takes long here takes long by its nature.
    slowTestThreshold: 10_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{profile,agent,server,platform,app,scripts,proto,bench}/**/*.test.{ts,tsx}'],
          exclude: [...NOWHERE, ...SYSTEMS],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'systems',
          include: SYSTEMS,
          exclude: NOWHERE,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
