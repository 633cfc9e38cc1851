import type { FileOriginals } from '#contract';
import { type FrameKind, originOf } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';

export const NOT_MAPPED = -1;

/** What the functions of a profile were made of, a row per function. */
export interface OriginalFunctions {
  /** An index into `sources`, or `NOT_MAPPED`. */
  readonly source: Int32Array;
  readonly line: Uint32Array;
  readonly column: Uint32Array;
  /** An index into `names`, or `NOT_MAPPED` where the name stays. */
  readonly name: Int32Array;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** Generated files whose map was applied. */
  readonly fileCount: number;
}

/** An answer of the server, and the functions that it was asked about. */
export interface AnsweredFile {
  readonly functions: readonly number[];
  readonly answer: FileOriginals;
}

/** Undefined when nothing was found. */
export function toOriginalFunctions(
  functionCount: number,
  answered: readonly AnsweredFile[],
): OriginalFunctions | undefined {
  const sources = new Numbered();
  const names = new Numbered();
  const mapped = new Set<string>();
  const source = new Int32Array(functionCount).fill(NOT_MAPPED);
  const name = new Int32Array(functionCount).fill(NOT_MAPPED);
  const line = new Uint32Array(functionCount);
  const column = new Uint32Array(functionCount);
  for (const { functions, answer } of answered) {
    functions.forEach((func, at) => {
      const place = answer.functions[at];
      if (!place) return;
      const file = answer.sources[place[0]];
      if (file === undefined) return;
      mapped.add(answer.url);
      source[func] = sources.of(file);
      line[func] = place[1];
      column[func] = place[2];
      const original = place[3];
      if (original !== null) name[func] = names.of(original);
    });
  }
  if (mapped.size === 0) return undefined;
  return { source, name, line, column, sources: sources.all, names: names.all, fileCount: mapped.size };
}

/** The profile as it reads in its original source. What it measures, and which row is which function, stays. */
export function withOriginals(profile: OpenedProfile, originals: OriginalFunctions): OpenedProfile {
  const { functions, strings } = profile;
  const firstSource = strings.length;
  const firstName = firstSource + originals.sources.length;
  const pick = (generated: Uint32Array, original: (func: number) => number) =>
    Uint32Array.from(generated, (value, func) =>
      originals.source[func] === NOT_MAPPED ? value : original(func),
    );
  return {
    ...profile,
    strings: [...strings, ...originals.sources, ...originals.names],
    functions: {
      ...functions,
      url: pick(functions.url, (func) => firstSource + (originals.source[func] as number)),
      line: pick(functions.line, (func) => originals.line[func] as number),
      column: pick(functions.column, (func) => originals.column[func] as number),
      name: Uint32Array.from(functions.name, (value, func) =>
        originals.name[func] === NOT_MAPPED ? value : firstName + (originals.name[func] as number),
      ),
    },
    origin: Uint8Array.from(profile.origin, (origin, func) => {
      const at = originals.source[func] as number;
      return at === NOT_MAPPED
        ? origin
        : originOf(originals.sources[at] ?? '', functions.kind[func] as FrameKind);
    }),
  };
}

/** Gives each text one number. */
class Numbered {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}
