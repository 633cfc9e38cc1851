import type { Capture } from '#contract';
import type { Formats } from '../_format/formats.ts';

/** When it was requested. */
export function captureMoment(capture: Pick<Capture, 'requestedAt'>, f: Formats): string {
  return f.moment(Date.parse(capture.requestedAt), Date.now());
}
