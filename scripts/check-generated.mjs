// Usage: node scripts/check-generated.mjs
// Generates the code of proto/ into a temporary folder, and the WebAssembly of the heap reader, and compares both with what is committed.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, relative } from 'node:path';
import { run } from './shared/child.mjs';
import { ROOT } from './shared/root.mjs';
import { buildModule, WEB_ASSEMBLY } from './shared/web-assembly.mjs';

const committed = join(ROOT, 'proto', 'gen');
const scratch = mkdtempSync(join(tmpdir(), 'opscenter-proto-'));
try {
  const { code, output } = await run('buf', ['generate', '--output', scratch], {
    cwd: join(ROOT, 'proto'),
    env: { ...process.env, PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
  });
  const differing = code === 0 ? findDifferences(join(scratch, 'gen'), committed) : [];
  if (code !== 0) fail(`The code of proto/ could not be generated:\n${output.trim()}`);
  if (differing.length > 0) {
    fail(
      `proto/gen is not what proto/ says (${differing.join(', ')}): run npm run generate and commit the result.`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const { text, module } of WEB_ASSEMBLY) {
  if ((await buildModule(text)) !== readFileSync(module, 'utf8'))
    fail(
      `${basename(module)} is not what ${basename(text)} says: run npm run generate and commit the result.`,
    );
}

function findDifferences(left, right) {
  const names = new Set([...filesUnder(left), ...filesUnder(right)]);
  return [...names].filter((name) => readText(join(left, name)) !== readText(join(right, name)));
}

function filesUnder(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
