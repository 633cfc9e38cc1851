import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{profile,agent,server,platform,app,scripts,proto,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    // Tests start real processes and threads: each file gets a process of its own, and two at once are plenty.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
  },
});
