import { findHits } from './searched-texts.ts';

export type PatternRequest =
  /** What to search from now on. */
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  /** The source of a regular expression. */
  | { readonly type: 'find'; readonly source: string };

export type PatternReport =
  /** From here on the time is the expression's own. */
  | { readonly type: 'began' }
  | { readonly type: 'found'; readonly hits: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed' };

/** The same for the search on the page and in its thread. Case does not matter. */
export function toRegExp(source: string): RegExp {
  return new RegExp(source, 'i');
}

/** What the thread does with its requests. */
export function createAnswerer(report: (report: PatternReport) => void): (request: PatternRequest) => void {
  let texts: readonly string[] = [];
  return (request) => {
    if (request.type === 'texts') {
      texts = request.texts;
      return;
    }
    report({ type: 'began' });
    try {
      const pattern = toRegExp(request.source);
      report({ type: 'found', hits: findHits(texts, (text) => pattern.test(text)) });
    } catch {
      // An expression can exhaust the stack of the engine.
      report({ type: 'failed' });
    }
  };
}
