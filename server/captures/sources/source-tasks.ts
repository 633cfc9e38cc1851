import type { FileOriginals, OriginalsRequest, SourceText } from '../../http/contract/index.ts';
import type { RefusalReason } from './source-refused.ts';
import type { SourceRoot } from './source-roots.ts';

/** What the threads of this room are asked, and what they answer with. */

export interface UrlsTask {
  readonly path: string;
  readonly mediaType: string;
  readonly kind: string;
}

export type UrlsAnswer =
  | { readonly kind: 'urls'; readonly urls: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

export type SourceTask =
  | {
      readonly kind: 'text';
      readonly roots: readonly SourceRoot[];
      readonly url: string;
      readonly original: string | undefined;
    }
  | {
      readonly kind: 'originals';
      readonly roots: readonly SourceRoot[];
      readonly files: OriginalsRequest['files'];
    };

export type SourceAnswer<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly file: string; readonly why: string };

export type TextAnswer = SourceAnswer<SourceText>;
export type OriginalsAnswer = SourceAnswer<FileOriginals[]>;
