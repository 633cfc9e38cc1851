// Usage: npm test
// Checks, builds, runs every test, and ends with one line: N passed, N failed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { BuildFailed, build } from './build.mjs';
import { run } from './shared/child.mjs';
import { watchForInterruption } from './shared/interruption.mjs';
import { ROOT } from './shared/root.mjs';

const signal = watchForInterruption();
const scratch = mkdtempSync(join(tmpdir(), 'opscenter-test-'));
/** Colours are for terminals; in a file they bury the words. */
const { FORCE_COLOR, ...own } = process.env;
const environment = {
  ...(process.stdout.isTTY ? process.env : { ...own, NO_COLOR: '1' }),
  PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
};
const total = { passed: 0, failed: 0, skipped: 0 };

try {
  await stage('check', check);
  const built = await stage('build', buildAll);
  await stage('tests', runVitest);
  if (existsSync(join(ROOT, 'e2e', 'playwright.config.ts'))) {
    if (built.failed === 0) await stage('journeys', runPlaywright);
    else say('\njourneys: left out, since there is nothing to travel through.');
  }
} catch (error) {
  if (!signal.aborted) throw error;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (signal.aborted) {
  say('Interrupted.');
  process.exit(130);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
say(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

async function stage(name, work) {
  signal.throwIfAborted();
  say(`\n── ${name} ──`);
  const startedAt = Date.now();
  const counts = await work();
  signal.throwIfAborted();
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  say(
    `${name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  return counts;
}

/** Format, lint, types, unused code, generated code: one result, told at length only when it is bad. */
async function check() {
  const { check: command } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
  const { code, output } = await run(command, [], { signal, shell: true, env: environment });
  if (code !== 0) say(output.trim().slice(-12_000));
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function buildAll() {
  try {
    const built = await build({ signal, say });
    if (built.length === 0) say('Everything is built already.');
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (signal.aborted) throw error;
    say(error instanceof BuildFailed ? error.message : error.stack);
    return { passed: 0, failed: 1 };
  }
}

async function runVitest() {
  const report = join(scratch, 'vitest.json');
  const { code } = await run(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { signal, env: environment, onOutput: (chunk) => process.stdout.write(chunk) },
  );
  const result = readReport(report);
  if (!result) return { passed: 0, failed: 1 };
  // A file that could not even be loaded has no tests in it that could have failed.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return atLeastOneFailure(code, {
    passed: result.numPassedTests,
    failed: result.numFailedTests + brokenFiles,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  });
}

async function runPlaywright() {
  const report = join(scratch, 'playwright.json');
  const { code } = await run(
    'playwright',
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'],
    {
      signal,
      env: { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      onOutput: (chunk) => process.stdout.write(chunk),
    },
  );
  const result = readReport(report);
  if (!result) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = result.stats;
  // A journey that passed only at the second attempt is no success.
  return atLeastOneFailure(code, { passed: expected, failed: unexpected + flaky, skipped });
}

/** A runner can fail for what is no test's fault, such as an error after the last one. */
function atLeastOneFailure(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    say('The runner ended without a report.');
    return undefined;
  }
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}
