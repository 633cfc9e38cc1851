import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Profile, toLineHits } from '#profile/index.ts';
import { readCpuProfile } from '#profile/text/profile-from-text.ts';
import { CaptureBench } from '../../testing/capture-bench.ts';
import { drillToken } from '../../testing/drill-token.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FIXTURE = fileURLToPath(new URL('./fixtures/cart.ts', import.meta.url));
const SOURCE = readFileSync(FIXTURE, 'utf8');
const textAt = (text: string, line: number) => text.split('\n')[line - 1] ?? '';
const lineOf = (words: string) => SOURCE.split('\n').findIndex((line) => line.includes(words)) + 1;

/** A project in TypeScript, built as its developers would. */
function build(...options: string[]): { directory: string; script: string } {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'src'));
  copyFileSync(FIXTURE, join(directory, 'src', 'cart.ts'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules', '@types')];
  execFileSync(
    process.execPath,
    [
      compiler,
      'src/cart.ts',
      '--outDir',
      'dist',
      '--rootDir',
      'src',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--removeComments',
      ...types,
      ...options,
    ],
    { cwd: directory },
  );
  return { directory, script: join(directory, 'dist', 'cart.js') };
}

/** Runs it with the real agent and takes a CPU profile of it. */
async function record({ directory, script }: { directory: string; script: string }) {
  const bench = await CaptureBench.open({
    registryToken: drillToken,
    sources: [{ prefix: directory, directory }],
  });
  const service = spawn(process.execPath, ['--import', '@opscenter/agent/register', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      OPSCENTER_SERVICE: 'cart',
      OPSCENTER_SERVER: bench.registryAddress,
      OPSCENTER_TOKEN: drillToken,
    },
  });
  onTestFinished(() => void service.kill('SIGKILL'));
  await once(service.stdout, 'data');
  await waitUntil('it is connected', () =>
    bench.directory
      .list()
      .some(({ pid, connection }) => pid === service.pid && connection.state === 'connected'),
  );
  const { id } = await bench.request({ service: 'cart', durationSeconds: 2 });
  await bench.untilState(id, 'recording');
  service.kill('SIGUSR2');
  await bench.untilState(id, 'complete');
  const { stream } = await bench.service.openArtifact(id);
  return { bench, id, profile: readCpuProfile((await buffer(stream)).toString()) };
}

function functionNamed({ functions, strings }: Profile, name: string) {
  const func = functions.name.findIndex(
    (text, at) =>
      strings[text] === name && (strings[functions.url[at] as number] ?? '').endsWith('/dist/cart.js'),
  );
  const url = strings[functions.url[func] as number] ?? '';
  return { func, url, line: functions.line[func] as number, column: functions.column[func] as number };
}

describe('a service that was written in TypeScript', { timeout: 60_000 }, () => {
  test.each([
    ['beside', 'adjacent', ['--sourceMap']],
    ['within', 'inline', ['--inlineSourceMap']],
    ['within, and its source with it', 'inline', ['--inlineSourceMap', '--inlineSources']],
  ] as const)('reads as TypeScript with the map %s what was built', async (_, kind, options) => {
    const built = build(...options);
    const { bench, id, profile } = await record(built);
    const { func, url, line, column } = functionNamed(profile, 'totalOf');
    expect(line).not.toBe(lineOf('function totalOf'));

    const hits = toLineHits(
      profile,
      Uint8Array.from(profile.functions.name, (__, at) => (at === func ? 1 : 0)),
    );
    const lines = Array.from(hits?.line ?? []);
    const asked = {
      files: [{ url, functions: [[line, column, 'totalOf'] as [number, number, string]], lines }],
    };
    const [file] = await bench.service.originals(id, asked, AbortSignal.timeout(20_000));
    expect(file).toMatchObject({ map: kind, trouble: null });
    const place = file?.functions[0];
    expect(place?.[1]).toBe(lineOf('function totalOf'));
    const original = file?.sources[place?.[0] ?? -1] ?? '';
    expect(original.endsWith('/src/cart.ts')).toBe(true);

    const generated = await bench.service.source(id, { url }, AbortSignal.timeout(20_000));
    expect(generated.text).toContain('function totalOf(items) {');
    // Which lines V8 blames is its own affair; each must be the line of the source that says the same, with types.
    expect(lines.length).toBeGreaterThan(0);
    const said = lines.map((number) => textAt(generated.text, number).trim());
    const meant = (file?.lines ?? []).map((found) => textAt(SOURCE, found?.[1] ?? 0).replace(/ *\/\/.*/, ''));
    expect(meant.map((text) => text.replace(/: (readonly )?\w+(\[\])?/g, '').trim())).toEqual(said);
    expect(file?.lines.map((found) => found?.[1])).not.toEqual(lines);

    const shown = await bench.service.source(id, { url, original }, AbortSignal.timeout(20_000));
    expect(shown.text).toBe(SOURCE);
  });
});
