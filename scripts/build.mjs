// Usage: node scripts/build.mjs
// Builds the agent and the dashboard, each only when something it is made of has changed since.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './shared/child.mjs';
import { fingerprint } from './shared/fingerprint.mjs';
import { watchForInterruption } from './shared/interruption.mjs';
import { withProcessLock } from './shared/process-lock.mjs';
import { ROOT } from './shared/root.mjs';

const CACHE = join(ROOT, '.cache');

const PARTS = [
  {
    name: 'agent',
    title: 'agent',
    script: 'build:agent',
    sources: ['agent', 'proto/gen', 'proto/grpc', 'tsconfig.base.json', 'package-lock.json'],
    result: 'agent/dist',
  },
  {
    name: 'app',
    title: 'dashboard',
    script: 'build:app',
    sources: [
      'app',
      'profile',
      'server/http/contract',
      'public',
      'next.config.ts',
      'postcss.config.mjs',
      '.browserslistrc',
      'tsconfig.base.json',
      'package.json',
      'package-lock.json',
    ],
    result: '.next/BUILD_ID',
  },
];

/** A part could not be built; the message has what its compiler said. */
export class BuildFailed extends Error {
  name = 'BuildFailed';
}

/**
 * Builds what is stale and answers the titles of what was built.
 *
 * @param {{ signal: AbortSignal, say: (sentence: string) => void }} options
 * @throws {BuildFailed}
 */
export async function build({ signal, say }) {
  return withProcessLock(
    join(CACHE, 'build.lock'),
    async () => {
      const stale = PARTS.map((part) => ({ ...part, key: fingerprint(part.sources) })).filter(isStale);
      if (stale.length > 0) say(`Building ${stale.map((part) => part.title).join(' and ')} …`);
      const built = await Promise.allSettled(stale.map((part) => buildPart(part, signal)));
      signal.throwIfAborted();
      const failed = built.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      return stale.map((part) => part.title);
    },
    { signal, onWait: () => say('Another build is under way; waiting for it.') },
  );
}

function isStale(part) {
  if (!existsSync(join(ROOT, part.result))) return true;
  try {
    return readFileSync(recordOf(part), 'utf8') !== part.key;
  } catch {
    return true;
  }
}

async function buildPart(part, signal) {
  mkdirSync(CACHE, { recursive: true });
  // Removed first: a build that is killed half-way is stale, whatever it left.
  rmSync(recordOf(part), { force: true });
  const command = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts[part.script];
  const { code, output } = await run(command, [], {
    signal,
    shell: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    },
  });
  if (code !== 0)
    throw new BuildFailed(`The ${part.title} could not be built:\n${output.trim().slice(-6000)}`);
  writeFileSync(recordOf(part), part.key);
}

function recordOf(part) {
  return join(CACHE, `built-${part.name}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const signal = watchForInterruption();
  try {
    await build({ signal, say: (sentence) => process.stdout.write(`${sentence}\n`) });
    process.exit(0);
  } catch (error) {
    if (signal.aborted) process.exit(130);
    process.stderr.write(`${error instanceof BuildFailed ? error.message : (error.stack ?? error)}\n`);
    process.exit(1);
  }
}
