import { SNIFFED_BYTES, sniffProfile } from '#profile/index.ts';

const TRACE = 'application/vnd.chrome.trace+json';

/** Whether a file is a trace, by its beginning, packed or not. False for what cannot be told: its viewer says what is wrong with it. */
export async function isTrace(file: File): Promise<boolean> {
  try {
    const beginning = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
    return (await sniffProfile(beginning, file.name)).mediaType.startsWith(TRACE);
  } catch {
    return false;
  }
}
