import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = process.env.GO ?? 'go';

/** Whether Go's own pprof can be asked here. */
export function hasGo(): boolean {
  try {
    execFileSync(command, ['version'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** What `go tool pprof -top` prints of a profile, times in milliseconds. */
export function goTop(bytes: Uint8Array, sampleIndex: string, ...flags: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'go-pprof-'));
  try {
    const file = join(folder, 'profile.pb.gz');
    writeFileSync(file, bytes);
    const shown = ['-top', '-unit=ms', '-nodefraction=0', '-nodecount=1000'];
    const args = ['tool', 'pprof', ...shown, `-sample_index=${sampleIndex}`, ...flags, file];
    return execFileSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
