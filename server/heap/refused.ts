import {
  HeapMemoryExceeded,
  HeapProcessEnded,
  HeapQuestionFailed,
  HeapQuestionRefused,
  HeapUnreadable,
  type ServerError,
} from '../errors.ts';
import type { Refused } from './child-messages.ts';

/** Why a snapshot does not open, as whoever wants it is told. Its process ends with that. */
export function toOpeningError(captureId: string, refused: Refused): ServerError {
  if (refused.refusal === 'failed') {
    return new HeapProcessEnded(captureId, 'it failed to open it; the log of the server says why');
  }
  return toQuestionError(captureId, refused);
}

/**
 * Why a question has no answer, as whoever asked is told. The process lives on.
 *
 * @param captureId of the snapshot that it failed at: the earlier one's where that was to be compared with
 */
export function toQuestionError(captureId: string, { refusal, code, message }: Refused): ServerError {
  switch (refusal) {
    case 'unreadable':
      return new HeapUnreadable(captureId, message);
    case 'too-large':
      return new HeapMemoryExceeded(captureId, message);
    case 'invalid':
      return new HeapQuestionRefused(code, message);
    case 'failed':
      return new HeapQuestionFailed(captureId);
  }
}
