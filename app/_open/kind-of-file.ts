import { isHeapSnapshot, SNIFFED_BYTES, sniffProfile } from '#profile/index.ts';

const TRACE = 'application/vnd.chrome.trace+json';

/** By which viewer a file is shown. */
export type KindOfFile = 'profile' | 'trace' | 'heapsnapshot';

/** What a file is by its beginning, packed or not. What cannot be told is a profile: its viewer says what is wrong with it. */
export async function kindOfFile(file: File): Promise<KindOfFile> {
  try {
    const beginning = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
    if (await isHeapSnapshot(beginning, file.name)) return 'heapsnapshot';
    return (await sniffProfile(beginning, file.name)).mediaType.startsWith(TRACE) ? 'trace' : 'profile';
  } catch {
    return 'profile';
  }
}
