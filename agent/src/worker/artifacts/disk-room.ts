import { statfs } from 'node:fs/promises';
import { CaptureFailure } from '../../errors.ts';

const mebibyte = 1024 * 1024;
/** On a disk of some size a tenth of it would be more than anything needs. */
const mostKeptBytes = 1024 * mebibyte;

/**
 * Refuses to fill a disk that the service lives on too: a tenth of it stays free, 1 GiB at most.
 *
 * @param wantedBytes what is about to be written there; 0 to look how it stands
 * @throws {CaptureFailure} disk-full, with the numbers
 */
export async function requireDiskRoom(folder: string, wantedBytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined);
  // Where that cannot be told, the disk itself has the last word.
  if (!disk || disk.blocks === 0) return;
  const freeBytes = disk.bavail * disk.bsize;
  const keptBytes = Math.min(mostKeptBytes, disk.blocks * disk.bsize * 0.1);
  if (freeBytes - wantedBytes >= keptBytes) return;
  const wanted = wantedBytes > 0 ? `, ${inMebibytes(wantedBytes)} are needed` : '';
  throw new CaptureFailure(
    'disk-full',
    `${inMebibytes(freeBytes)} are free in ${folder} on the instance's host${wanted}, and the agent leaves ` +
      `${inMebibytes(keptBytes)} to others.`,
  );
}

export function inMebibytes(bytes: number): string {
  const mebibytes = bytes / mebibyte;
  return `${mebibytes < 10 ? Number(mebibytes.toFixed(1)) : Math.round(mebibytes)} MiB`;
}
