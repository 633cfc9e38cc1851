import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface NodeVersion {
  name: string;
  path: string;
}

/** The Node versions that the agent promises to work on, as far as they are installed here (`agent/nodes`). */
export const nodeVersions: NodeVersion[] = [
  { name: 'Node 20', path: installed('node20') },
  { name: 'Node 22', path: installed('node22') },
  { name: 'Node 24', path: process.execPath },
  { name: 'Node 26', path: installed('node26') },
].filter(({ path }) => existsSync(path));

function installed(alias: string): string {
  return fileURLToPath(new URL(`../nodes/node_modules/${alias}/bin/node`, import.meta.url));
}
