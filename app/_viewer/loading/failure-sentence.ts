import type { ViewerWords } from '../use-viewer-words.ts';
import type { LoadFailure } from './protocol.ts';

/** Why a profile cannot be shown. */
export function failureSentence(failure: LoadFailure, words: ViewerWords['failed']): string {
  switch (failure.kind) {
    case 'unreadable':
      return failure.message;
    case 'refused':
      return failure.detail ?? words.refused(failure.status);
    case 'no-answer':
      return words.noAnswer;
    case 'no-profile':
      return words.noProfile(failure.mediaType);
    case 'crashed':
      return words.crashed;
    case 'file-gone':
      return words.fileGone;
    case 'empty-file':
      return words.emptyFile;
    case 'no-code':
      return words.noCode;
  }
}
