import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const IRRELEVANT = /(?:^|\/)(?:node_modules|dist|built|\.next|fixtures|nodes)\/|\.test\.[a-z]+$|\.md$/;

/** A hash over the names and contents of files and folders of the repository, tests and prose left out. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const stats = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (!stats || IRRELEVANT.test(stats.isDirectory() ? `${path}/` : path)) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((name) => filesUnder(`${path}/${name}`));
}
