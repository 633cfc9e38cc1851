import { matchesGlob, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What starts whole systems of processes and times them: a death seen within so many seconds, a stop within so many. They
 * come last, so that what keeps both cores busy is over. They wait for most of their time, and two of them do beside each other.
 */
const SYSTEMS = [
  // One that computes beside one that waits, in this order.
  'agent/testing/packed-agent-on-node-20.test.ts',
  'platform/stale-connections.test.ts',
  'agent/testing/packed-agent-on-node-22.test.ts',
  'platform/supervisor.test.ts',
  'agent/testing/packed-agent-on-node-24.test.ts',
  'server/actions/*.drill.test.ts',
  'agent/testing/packed-agent-on-node-26.test.ts',
  'server/captures/lying-agent.test.ts',
  'server/main.test.ts',
  'scripts/*.test.ts',
  'agent/testing/*.test.ts',
];
const NOWHERE = ['**/node_modules/**', '**/dist/**', '**/.next/**'];

/** What is among the systems comes in the order of the list, all else as usual. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) =>
      project.name === 'systems'
        ? SYSTEMS.findIndex((glob) => matchesGlob(relative(import.meta.dirname, moduleId), glob))
        : -1;
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    // Each file gets a process of its own, unless a project says otherwise: tests start threads, listen on ports and hold locks.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // What takes long here takes long by its nature.
    slowTestThreshold: 10_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    sequence: { sequencer: InOrder },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['{profile,app}/**/*.test.{ts,tsx}'],
          exclude: NOWHERE,
          // Nothing here starts, listens or writes: files share two processes, and what they import is read twice at the most.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{agent,server,platform,scripts,proto,bench}/**/*.test.{ts,tsx}'],
          exclude: [...NOWHERE, ...SYSTEMS],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'systems',
          include: SYSTEMS,
          exclude: NOWHERE,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
