import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));

interface Outcome {
  /** What `npm run check` does. */
  check?: string;
  buildAgent?: string;
  vitest?: { exit: number; report?: object };
  playwright?: { exit: number; report?: object };
}

const vitestReport = (passed: number, failed: number, more: object = {}) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  testResults: [
    { status: failed > 0 ? 'failed' : 'passed', assertionResults: failed > 0 ? [{ status: 'failed' }] : [] },
  ],
  ...more,
});

const playwrightReport = (expected: number, unexpected: number, flaky = 0, skipped = 0) => ({
  stats: { expected, unexpected, flaky, skipped },
});

/** A repository with these scripts, in which the tools that they call end as the test says. */
function openRepository(outcome: Outcome = {}) {
  const root = mkdtempSync(join(tmpdir(), 'opscenter-command-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const tool = (name: string, { exit, report }: { exit: number; report?: object }, target: string) => {
    const writing = report ? `printf '%s' '${JSON.stringify(report)}' > "${target}"` : '';
    write(
      `node_modules/.bin/${name}`,
      `#!/bin/sh\nfor word; do case $word in --outputFile.json=*) file=\${word#*=};; esac; done\n${writing}\nexit ${exit}\n`,
    );
    chmodSync(join(root, 'node_modules/.bin', name), 0o755);
  };
  cpSync(SCRIPTS, join(root, 'scripts'), { recursive: true });
  write('agent/src/index.ts', '');
  write('app/page.tsx', '');
  write(
    'package.json',
    JSON.stringify({
      scripts: {
        check: outcome.check ?? 'true',
        'build:agent': outcome.buildAgent ?? 'echo agent >> builds; mkdir -p agent/dist',
        'build:app': 'echo app >> builds; mkdir -p .next; echo 1 > .next/BUILD_ID',
      },
    }),
  );
  tool('vitest', outcome.vitest ?? { exit: 0, report: vitestReport(3, 0) }, '$file');
  if (outcome.playwright) {
    write('e2e/playwright.config.ts', '');
    tool('playwright', outcome.playwright, '$PLAYWRIGHT_JSON_OUTPUT_FILE');
  }
  const run = async (script: string) => {
    const child = spawn(process.execPath, [`scripts/${script}`], {
      cwd: root,
      env: { ...process.env, npm_lifecycle_event: '' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    const [code] = await once(child, 'close');
    return { code, output, last: output.trim().split('\n').at(-1) };
  };
  const builds = () =>
    existsSync(join(root, 'builds'))
      ? readFileSync(join(root, 'builds'), 'utf8').trim().split('\n').sort()
      : [];
  return { root, write, run, builds };
}

describe('npm test', () => {
  test('sums up what every stage found, and succeeds when nothing failed', async () => {
    const { run } = openRepository({ playwright: { exit: 0, report: playwrightReport(4, 0, 0, 2) } });
    // One check, one build, three tests, four journeys.
    expect(await run('test.mjs')).toMatchObject({ code: 0, last: '9 passed, 0 failed, 2 skipped' });
  });

  test.each<[string, Outcome, string]>([
    ['a check', { check: 'echo unused; exit 1' }, '4 passed, 1 failed'],
    ['a test', { vitest: { exit: 1, report: vitestReport(2, 1) } }, '4 passed, 1 failed'],
    [
      'a file of tests that cannot be loaded',
      {
        vitest: {
          exit: 1,
          report: vitestReport(3, 0, { testResults: [{ status: 'failed', assertionResults: [] }] }),
        },
      },
      '5 passed, 1 failed',
    ],
    [
      'the runner after the last test',
      { vitest: { exit: 1, report: vitestReport(3, 0) } },
      '5 passed, 1 failed',
    ],
    ['the runner before the first test', { vitest: { exit: 1 } }, '2 passed, 1 failed'],
    ['a journey', { playwright: { exit: 1, report: playwrightReport(1, 1) } }, '6 passed, 1 failed'],
    [
      'a journey at its first attempt',
      { playwright: { exit: 0, report: playwrightReport(1, 0, 1) } },
      '6 passed, 1 failed',
    ],
    [
      'a build, and with it the journeys',
      { buildAgent: 'echo broken; exit 2', playwright: { exit: 0, report: playwrightReport(1, 0) } },
      '4 passed, 1 failed',
    ],
  ])('fails when %s fails', async (_what, outcome, last) => {
    const { code, last: said } = await openRepository(outcome).run('test.mjs');
    expect(said).toBe(last);
    expect(code).toBe(1);
  });
});

describe('the build', () => {
  test('builds what is missing, and then only what has changed', async () => {
    const repository = openRepository();
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'app']);
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'app']);
    repository.write('app/page.tsx', 'changed');
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'app', 'app']);
    repository.write('agent/src/index.ts', 'changed');
    repository.write('agent/src/index.test.ts', 'changed');
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'agent', 'app', 'app']);
    repository.write('app/page.test.tsx', 'changed');
    repository.write('app/README.md', 'changed');
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'agent', 'app', 'app']);
  });

  test('builds again what was lost or did not get done', async () => {
    const repository = openRepository();
    await repository.run('build.mjs');
    rmSync(join(repository.root, '.next'), { recursive: true });
    await repository.run('build.mjs');
    expect(repository.builds()).toEqual(['agent', 'app', 'app']);
    const broken = openRepository({
      buildAgent: 'echo agent >> builds; mkdir -p agent/dist; echo a mistake; exit 1',
    });
    for (let attempt = 0; attempt < 2; attempt++) {
      const { code, output } = await broken.run('build.mjs');
      expect(code).toBe(1);
      expect(output).toContain('The agent could not be built:\na mistake');
      expect(output).not.toMatch(/\n\s+at /);
    }
    expect(broken.builds().filter((name) => name === 'agent')).toHaveLength(2);
  });
});
