// Usage: node scripts/set-up.mjs start|test
// Installs what `npm start` or `npm test` needs and is not there. Runs on the Node of the machine (18 or newer).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './shared/child.mjs';
import { watchForInterruption } from './shared/interruption.mjs';
import { withProcessLock } from './shared/process-lock.mjs';
import { ROOT } from './shared/root.mjs';

const OLDEST_NODE = 18;
const LOCK_FILE = join(ROOT, 'package-lock.json');
const RECORD = join(ROOT, 'node_modules', '.opscenter-installed.json');
const PINNED_NODE = join(
  ROOT,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** What stops everything, as a sentence for whoever typed the command. */
class Obstacle extends Error {}

const signal = watchForInterruption();

try {
  const purpose = process.argv[2];
  if (purpose !== 'start' && purpose !== 'test')
    throw new Obstacle('Usage: node scripts/set-up.mjs start|test');
  demandNode();
  await withProcessLock(join(ROOT, '.cache', 'set-up.lock'), () => setUp(purpose), {
    signal,
    onWait: () => say('Another set-up is under way; waiting for it.'),
  });
} catch (error) {
  if (signal.aborted) process.exit(130);
  process.stderr.write(`${error instanceof Obstacle ? error.message : (error.stack ?? error)}\n`);
  process.exit(1);
}
process.exit(0);

async function setUp(purpose) {
  if (!isInstalled()) await install();
  if (purpose === 'start') return;
  await provideDebianPackage(
    'Chromium',
    ['chromium'],
    ['chromium', 'chromium-browser', 'google-chrome'],
    'browser tests',
  );
  await provideDebianPackage('Go', ['golang-go'], ['go'], 'tests with go tool pprof');
  await provideDebianPackage(
    'PostgreSQL',
    ['postgresql'],
    ['postgres', 'pg_ctlcluster'],
    'tests of a pool of connections to it',
  );
  await provideDebianPackage('A C compiler', ['gcc', 'libc6-dev'], ['cc'], 'tests of heap snapshots');
  // Where the compiler came after the dependencies, they were installed without it.
  await provideForAgent('native', 'The addon for heap snapshots', 'tests of heap snapshots fail');
  await provideForAgent('nodes', 'The other Node versions', 'the agent is tested on fewer');
  await provideForAgent('libraries', 'The libraries with locks', 'tests of captures of kind lock fail');
}

function demandNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new Obstacle(
      `OPS Center needs Node ${OLDEST_NODE} or newer to begin with, and this is ${process.versions.node}: install a newer one from https://nodejs.org (what it then runs on, it brings itself).`,
    );
  }
}

function isInstalled() {
  if (!existsSync(PINNED_NODE)) return false;
  return readRecord() === installationKey() || hasWhatTheLockSays();
}

function installationKey() {
  const hash = createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex');
  return `${hash} ${process.platform} ${process.arch}`;
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8')).key;
  } catch {
    return undefined;
  }
}

function writeRecord() {
  writeFileSync(RECORD, `${JSON.stringify({ key: installationKey() })}\n`);
}

/** After an `npm install` by hand the lock has changed and is installed already, as npm's own record tells. */
function hasWhatTheLockSays() {
  try {
    const wanted = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages;
    const present = JSON.parse(
      readFileSync(join(ROOT, 'node_modules', '.package-lock.json'), 'utf8'),
    ).packages;
    const isSame = Object.entries(wanted).every(
      ([path, { version, integrity, link, optional, devOptional }]) => {
        if (!path.startsWith('node_modules/') || link) return true;
        const found = present[path];
        if (!found) return Boolean(optional || devOptional);
        return found.version === version && found.integrity === integrity;
      },
    );
    if (isSame) writeRecord();
    return isSame;
  } catch {
    return false;
  }
}

async function install() {
  say('Installing dependencies …');
  const [command, prefix] = findNpm();
  const { code, output } = await run(
    command,
    [...prefix, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      signal,
      env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', NEXT_TELEMETRY_DISABLED: '1' },
    },
  );
  signal.throwIfAborted();
  if (code === 127) throw new Obstacle('npm is missing: install it along with Node from https://nodejs.org.');
  if (code !== 0) {
    throw new Obstacle(
      `The dependencies could not be installed (npm ci ended with ${code}):\n${output.trim().slice(0, 3000)}`,
    );
  }
  if (!existsSync(PINNED_NODE)) {
    throw new Obstacle(
      'The pinned Node did not come with the dependencies. It is fetched by an install script: check that npm runs those (npm config get ignore-scripts) and try again.',
    );
  }
  writeRecord();
}

/** The npm that runs this script, else the one on the path. */
function findNpm() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js') && existsSync(script)) return [process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** Installs a package of the system where this is allowed and usual; elsewhere says what is missing, and goes on. */
async function provideDebianPackage(title, packages, commands, what) {
  if (commands.some(isOnPath)) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get');
  if (!mayInstall) {
    say(`${title} is missing: ${what} are left out or fail. Install it with the system's package manager.`);
    return;
  }
  say(`Installing ${title} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], {
      signal,
      env: environment,
    });
  let result = await install();
  if (result.code !== 0 && !signal.aborted) {
    // The lists of packages may be old or absent.
    await run('apt-get', ['update'], { signal, env: environment });
    result = await install();
  }
  signal.throwIfAborted();
  if (result.code !== 0) {
    say(
      `${title} could not be installed by apt-get: ${what} are left out or fail.\n${result.output.trim().slice(-500)}`,
    );
  }
}

/** What the agent's tests alone need: packages of their own beside the agent, each with what installs it. */
async function provideForAgent(folder, title, consequence) {
  const script = join(ROOT, 'agent', folder, 'install.mjs');
  if (!existsSync(script)) return;
  const { code, output } = await run(process.execPath, [script], { signal });
  signal.throwIfAborted();
  if (code !== 0) {
    say(`${title} could not be installed; ${consequence}.\n${output.trim().slice(-500)}`);
  }
}

function isOnPath(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, command)));
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}
