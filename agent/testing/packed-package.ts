import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const agentFolder = fileURLToPath(new URL('..', import.meta.url));
const rootFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of a service that has the agent installed as npm would: built, packed, unpacked, with its dependencies. */
export interface InstalledService extends AsyncDisposable {
  folder: string;
}

/**
 * Builds into a folder of its own, so that a build that goes on elsewhere is not disturbed. The dependencies are linked
 * from the repository.
 */
export async function installPackedAgent(): Promise<InstalledService> {
  const folder = await mkdtemp(join(tmpdir(), 'opscenter-packed-'));
  const source = join(folder, 'source');
  await mkdir(source);
  for (const file of ['package.json', 'README.md', 'LICENSE']) {
    await cp(join(agentFolder, file), join(source, file));
  }
  await cp(join(agentFolder, 'native'), join(source, 'native'), {
    recursive: true,
    filter: (path) => !/(?:built|prebuilt)$/.test(path),
  });
  const tsc = join(rootFolder, 'node_modules/.bin/tsc');
  await execute(tsc, ['-p', agentFolder, '--outDir', join(source, 'dist')]);
  const packed = await execute('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: source });
  const scope = join(folder, 'node_modules/@opscenter');
  await mkdir(scope, { recursive: true });
  await execute('tar', ['-xzf', join(folder, packed.stdout.trim()), '-C', scope]);
  await cp(join(scope, 'package'), join(scope, 'agent'), { recursive: true });
  await rm(join(scope, 'package'), { recursive: true });
  // As npm does after it has unpacked the package.
  await execute(process.execPath, ['native/install.mjs'], { cwd: join(scope, 'agent') });
  for (const dependency of ['@grpc', '@bufbuild']) {
    await symlink(join(rootFolder, 'node_modules', dependency), join(folder, 'node_modules', dependency));
  }
  await cp(fileURLToPath(new URL('./services', import.meta.url)), folder, { recursive: true });
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
