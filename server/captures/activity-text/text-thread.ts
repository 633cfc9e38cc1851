import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { formatActivityText, ProfileError, parseActivity } from '#profile/index.ts';
import type { ConversionResult } from '../conversion/conversion-threads.ts';

/** The thread that writes an activity as text: one artifact, one answer. Its memory is limited from outside. */

function convert(path: string): ConversionResult {
  try {
    const text = formatActivityText(parseActivity(readFileSync(path, 'utf8')));
    return { kind: 'converted', bytes: new TextEncoder().encode(text) };
  } catch (error) {
    if (error instanceof ProfileError) return { kind: 'unreadable', why: error.message.replace(/\.$/, '') };
    throw error;
  }
}

const result = convert((workerData as { path: string }).path);
parentPort?.postMessage(result, result.kind === 'converted' ? [result.bytes.buffer] : []);
