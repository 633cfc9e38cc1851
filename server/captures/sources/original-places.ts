import type { SourceMapSegment } from '@jridgewell/trace-mapping';
import type { SourceMap } from './source-map.ts';

/** Lines and columns are counted from 1, as profiles count them. */
export interface OriginalPlace {
  /** An index into the map's sources. */
  readonly source: number;
  readonly line: number;
  readonly column: number;
  /** What the function was called before the build renamed it; undefined where that is not known to differ. */
  readonly name: string | undefined;
}

/** Between a function's name and what V8 says is its beginning stand few segments: `=`, `async`, `function`, `(`. */
const NAME_WITHIN = 4;
/** A generated line of more original lines than this is of no one line: minified code. */
const WIDEST = 4;
const LONGEST_NAME = 300;
const LAST_WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Finds what functions and lines of a generated file were made of. */
export class OriginalPlaces {
  readonly #map: SourceMap;
  readonly #text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(map: SourceMap, text: string) {
    this.#map = map;
    this.#text = text;
  }

  /**
   * Of the function that begins there and that V8 calls `name`; undefined for what no original is known of. Without a column (0)
   * only where the line as a whole has one.
   */
  ofFunction(line: number, column: number, name: string): OriginalPlace | undefined {
    if (column === 0) {
      const place = this.ofLine(line);
      return place && { ...place, column: 0, name: undefined };
    }
    const segments = this.#map.lines[line - 1] ?? [];
    const at = lastAtOrBefore(segments, column - 1);
    const found = sourced(segments[at]) ?? sourced(segments[at + 1]);
    if (found === undefined || !this.#isPlace(found)) return undefined;
    return {
      source: found[1],
      line: found[2] + 1,
      column: found[3] + 1,
      name: this.#originalName(line, segments, at, name),
    };
  }

  /** Where the first token of a generated line was; undefined for lines that are of several places. */
  ofLine(line: number): { readonly source: number; readonly line: number } | undefined {
    let first: SourcedSegment | undefined;
    for (const segment of this.#map.lines[line - 1] ?? []) {
      const place = sourced(segment);
      if (place === undefined) continue;
      if (!this.#isPlace(place)) return undefined;
      first ??= place;
      if (place[1] !== first[1] || Math.abs(place[2] - first[2]) > WIDEST) return undefined;
    }
    return first && { source: first[1], line: first[2] + 1 };
  }

  /** Only where the name stands in the generated text, so that no parameter is taken for the function. */
  #originalName(
    line: number,
    segments: readonly SourceMapSegment[],
    at: number,
    name: string,
  ): string | undefined {
    const word = LAST_WORD.exec(name)?.[0];
    if (word === undefined) return undefined;
    const start = this.#startOf(line);
    for (let index = at; index >= 0 && index > at - NAME_WITHIN; index--) {
      const segment = segments[index];
      if (segment?.length !== 5) continue;
      const from = start + segment[0];
      const follows = this.#text.charAt(from + word.length);
      if (!this.#text.startsWith(word, from) || /[\p{ID_Continue}$]/u.test(follows)) continue;
      const original = this.#map.names[segment[4]];
      if (typeof original !== 'string' || original === '' || original === word) return undefined;
      return name.slice(0, name.length - word.length) + original.slice(0, LONGEST_NAME);
    }
    return undefined;
  }

  #isPlace([, source, line, column]: SourcedSegment): boolean {
    const isPosition = (value: number) => Number.isInteger(value) && value >= 0 && value < 0x7fffffff;
    return this.#map.sources[source] !== undefined && isPosition(line) && isPosition(column);
  }

  #startOf(line: number): number {
    this.#lineStarts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    return this.#lineStarts[line - 1] ?? this.#text.length;
  }
}

type SourcedSegment = Exclude<SourceMapSegment, [number]>;

function sourced(segment: SourceMapSegment | undefined): SourcedSegment | undefined {
  return segment !== undefined && segment.length > 1 ? (segment as SourcedSegment) : undefined;
}

/** -1 when all stand behind it. */
function lastAtOrBefore(segments: readonly SourceMapSegment[], column: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.[0] ?? 0) <= column) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
