import type { CapturePrice } from '#contract';
import type { Formats } from '../_format/formats.ts';
import type { Messages } from '../_messages/catalogue.ts';

/** Below these it is not worth a word. */
const LEAST_CORES = 0.05;
const LEAST_LOSS = 0.0005;

/** What it is expected to cost, in few words: what costs next to nothing is not said, but for the pause. */
export function priceInFewWords(price: CapturePrice, t: Messages, f: Formats): string {
  const words = t.capture.price;
  const { throughputLoss, cpuCores, memoryBytes, artifactBytes } = price;
  const parts: string[] = [];
  parts.push(...pauseInWords(price, t, f));
  if (throughputLoss !== null && throughputLoss >= LEAST_LOSS)
    parts.push(words.loss(f.percent(throughputLoss)));
  if (cpuCores !== null && cpuCores >= LEAST_CORES) parts.push(words.cpu(f.cores(cpuCores)));
  if (memoryBytes !== null && memoryBytes > 0) parts.push(words.memory(f.bytes(memoryBytes)));
  if (artifactBytes !== null) parts.push(words.size(f.bytes(artifactBytes)));
  return parts.length === 0 ? words.unknown : parts.join(' · ');
}

/** The longer of the two: the other hides behind it. */
function pauseInWords({ startPauseMs, endPauseMs }: CapturePrice, t: Messages, f: Formats): string[] {
  const words = t.capture.price;
  const longestMs = Math.max(startPauseMs ?? 0, endPauseMs ?? 0);
  if (startPauseMs === null && endPauseMs === null) return [];
  if (longestMs < 1) return [words.noPause];
  const pause = f.milliseconds(longestMs);
  return [longestMs === startPauseMs ? words.pause(pause) : words.endPause(pause)];
}
