import type { ProfileFile } from '#profile/index.ts';

/** So much of a file is enough to tell. */
export const SNIFFED_BYTES = 4096;

/** What a file is by its first bytes; undefined for what is known here by none. */
export function sniffFile(head: Uint8Array): ProfileFile | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return { mediaType: 'application/vnd.pprof+gzip', kind: 'cpu' };
  const text = new TextDecoder().decode(head);
  const firstKey = /^\s*\{\s*"(\w+)"/.exec(text)?.[1];
  if (firstKey === 'head') return { mediaType: 'application/vnd.v8.heapprofile+json', kind: 'heap' };
  if (['nodes', 'samples', 'timeDeltas', 'startTime', 'endTime'].includes(firstKey ?? ''))
    return { mediaType: 'application/vnd.v8.cpuprofile+json', kind: 'cpu' };
  return undefined;
}
