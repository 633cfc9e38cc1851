// Usage: node scripts/write-hostile-files.mjs FOLDER
// Writes files that are corrupt, or made to do harm, into a folder: for journeys that drop them into the viewer, and for trying by hand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileFiles } from '../profile/hostile/hostile-files.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that the files are to be written into.');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  const files = await hostileFiles();
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  console.log(`${files.length} files are in ${folder}.`);
}
