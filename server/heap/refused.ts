import {
  HeapMemoryExceeded,
  HeapProcessEnded,
  HeapQuestionRefused,
  HeapUnreadable,
  type ServerError,
} from '../errors.ts';
import type { Refusal } from './child-messages.ts';

interface Refused {
  readonly refusal: Refusal;
  readonly code: string;
  readonly message: string;
}

/** What the process of a snapshot refused, as whoever asked is told. */
export function toServerError(captureId: string, { refusal, code, message }: Refused): ServerError {
  switch (refusal) {
    case 'unreadable':
      return new HeapUnreadable(captureId, message);
    case 'too-large':
      return new HeapMemoryExceeded(captureId, message);
    case 'invalid':
      return new HeapQuestionRefused(code, message);
    case 'failed':
      return new HeapProcessEnded(captureId, message);
  }
}
