import { labelOf, placeOf, urlOf } from '../flame/function-labels.ts';
import type { OpenedProfile } from '../loading/protocol.ts';

/** Name, place and path. */
const TEXTS_PER_FUNCTION = 3;

/** What a search looks through: every text once, however many functions it is said of. */
export interface SearchedTexts {
  readonly texts: readonly string[];
  /** Indices into `texts`, three per function. */
  readonly ofFunction: Uint32Array;
}

/** A function is found by what is shown of it, and by its whole path. */
export function searchedTexts(profile: OpenedProfile, anonymous: string): SearchedTexts {
  const indices = new Map<string, number>();
  const ofFunction = new Uint32Array(profile.functions.length * TEXTS_PER_FUNCTION);
  for (let func = 0; func < profile.functions.length; func++) {
    const texts = [labelOf(profile, func, anonymous), placeOf(profile, func), urlOf(profile, func)];
    texts.forEach((text, at) => {
      const index = indices.get(text) ?? indices.size;
      indices.set(text, index);
      ofFunction[func * TEXTS_PER_FUNCTION + at] = index;
    });
  }
  return { texts: [...indices.keys()], ofFunction };
}

/** 1 for each text that passes. */
export function findHits(texts: readonly string[], test: (text: string) => boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(texts, (text) => (test(text) ? 1 : 0));
}

/** Whether one of the function's texts was hit. */
export function isHit({ ofFunction }: SearchedTexts, hits: Uint8Array, func: number): boolean {
  const from = func * TEXTS_PER_FUNCTION;
  for (let at = from; at < from + TEXTS_PER_FUNCTION; at++) {
    if (hits[ofFunction[at] as number] === 1) return true;
  }
  return false;
}
