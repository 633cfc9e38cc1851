import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const PATIENCE_MS = 15 * 60_000;

/**
 * Runs `work` while no other process on this machine runs work under the same lock. A lock whose owner is dead is taken
 * over.
 */
export async function withProcessLock(file, work, { onWait, signal } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const givesUpAt = Date.now() + PATIENCE_MS;
  let told = false;
  while (!tryLock(file)) {
    signal?.throwIfAborted();
    if (Date.now() > givesUpAt) throw new Error(`${file} is held by a process that does not end; delete it`);
    if (!told) onWait?.();
    told = true;
    await sleep(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = readOwner(file);
  if (owner !== undefined && !isAlive(owner)) rmSync(file, { force: true });
  return false;
}

/** undefined: it is being written at this moment, or gone. */
function readOwner(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
