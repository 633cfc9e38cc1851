import { fileURLToPath } from 'node:url';

export type NodeVersionName = 'Node 20' | 'Node 22' | 'Node 24' | 'Node 26';

export interface NodeVersion {
  name: NodeVersionName;
  path: string;
}

/** The Node versions that the agent promises to work on. `node agent/nodes/install.mjs` brings those that are missing. */
export const nodeVersions: NodeVersion[] = [
  { name: 'Node 20', path: installed('node20') },
  { name: 'Node 22', path: installed('node22') },
  { name: 'Node 24', path: process.execPath },
  { name: 'Node 26', path: installed('node26') },
];

function installed(alias: string): string {
  return fileURLToPath(new URL(`../nodes/node_modules/${alias}/bin/node`, import.meta.url));
}
