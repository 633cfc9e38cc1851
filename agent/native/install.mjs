// Usage: node install.mjs [--required | --prebuilt NAME]
// Builds the addon for this machine where that is possible, and is content where it is not: the agent works without it,
// and says what it cannot do. With --required it fails instead, and tells what the compiler said. With --prebuilt it builds
// for a release, NAME being linux-x64-glibc, linux-arm64-musl and so on: see docs/releasing.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const ARCHITECTURES = ['x64', 'arm64'];
const FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-shared', '-fPIC', '-fvisibility=hidden', '-s'];

const { required, prebuilt } = parseArgs({
  options: { required: { type: 'boolean' }, prebuilt: { type: 'string' } },
}).values;
const isRequired = required || prebuilt !== undefined;
const problem = build();
if (problem !== undefined && isRequired) {
  process.stderr.write(`The addon could not be built: ${problem}\n`);
  process.exit(1);
}

/** Returns what is in the way, or undefined. */
function build() {
  const { platform, arch } = process;
  if (prebuilt === undefined && (platform !== 'linux' || !ARCHITECTURES.includes(arch))) {
    return `there is none for ${platform} on ${arch}.`;
  }
  const compiler = process.env.CC || 'cc';
  const folder = join(FOLDER, prebuilt === undefined ? 'built' : 'prebuilt');
  const target = join(folder, `${prebuilt ?? `linux-${arch}`}.node`);
  // Two builds at once, or one that is killed, must not leave half a file in its place.
  const draft = `${target}.${process.pid}`;
  const sources = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(FOLDER, name));
  try {
    mkdirSync(folder, { recursive: true });
    const { status, error, stderr } = spawnSync(compiler, [...FLAGS, '-o', draft, ...sources, '-pthread'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (error) return error.message;
    if (status !== 0) return stderr.trim();
    renameSync(draft, target);
    return undefined;
  } catch (error) {
    return error.message;
  } finally {
    rmSync(draft, { force: true });
  }
}
