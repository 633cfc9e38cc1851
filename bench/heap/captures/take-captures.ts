import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeVersions } from '../../../agent/testing/node-versions.ts';
import type { Reference } from '../references.ts';

const BUDGET_MS = 180_000;
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Snapshots of real processes on each Node version: the example platform, and a service with what else there is in heaps.
 * `folder` is where the platform's code is put.
 */
export function capturedReferences(folder: string): Reference[] {
  execFileSync(process.execPath, [pathOf('../../../agent/nodes/install.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  execFileSync(process.execPath, [pathOf('bundle.mjs'), folder], { stdio: ['ignore', 2, 2] });
  const scripts = {
    platform: join(folder, 'game-night.mjs'),
    service: pathOf('captured-process.mjs'),
  };
  return nodeVersions.flatMap(({ name, path: node }) =>
    Object.entries(scripts).map(([service, script]) => ({
      name: `${service} on ${name}`,
      write: (path: string) => {
        execFileSync(node, [script, path], { stdio: ['ignore', 'ignore', 2], timeout: BUDGET_MS });
      },
    })),
  );
}
