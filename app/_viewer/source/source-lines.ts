import type { LineHits } from '#profile/index.ts';
import type { FileLines } from '../loading/protocol.ts';

/** What the lines of a text took, ready to be drawn. Lines are counted from 1; row 0 of the columns is line 1. */
export interface SourceLines {
  /** Of all functions of the file. */
  readonly self: Float64Array;
  /** Of the function looked at. */
  readonly own: Float64Array;
  /** Its line that took most; the one of all where it took nothing itself. Undefined where no line took anything. */
  readonly hottest: number | undefined;
  /** What the longest bar stands for. */
  readonly most: number;
  /** What is of the file, but of no line of this text that is known. */
  readonly unplaced: number;
  readonly hits: Omit<LineHits, 'line' | 'self'>;
  /** `functions`: no line is known, so what a function took itself stands where it begins. */
  readonly by: 'lines' | 'functions';
}

/** From a line of what ran to the line shown; undefined where that is not known. */
export type ToShownLine = (line: number) => number | undefined;

/** Undefined where the profile knows no lines. */
export function toSourceLines(
  { file, own }: FileLines,
  lineCount: number,
  toShown: ToShownLine,
): SourceLines | undefined {
  if (file === undefined || own === undefined) return undefined;
  const all = place(file, lineCount, toShown);
  const ofOwn = place(own, lineCount, toShown);
  const hottest = largest(ofOwn.self) ?? largest(all.self);
  return {
    self: all.self,
    own: ofOwn.self,
    hottest: hottest === undefined ? undefined : hottest + 1,
    most: all.self.reduce((most, value) => Math.max(most, value), 0),
    unplaced: all.unplaced,
    hits: file,
    by: 'lines',
  };
}

/** What functions of the file took themselves, each where it begins. */
export interface BegunLines {
  /** 0 for a function of which that is not known. */
  readonly line: Uint32Array;
  readonly self: Float64Array;
  /** What the function looked at took, and where it begins. */
  readonly own: { readonly line: number; readonly self: number };
  readonly all: number;
  readonly counted: LineHits['counted'];
}

/** For profiles and builds that know no lines. */
export function toFunctionLines(
  { line, self, own, all, counted }: BegunLines,
  lineCount: number,
): SourceLines {
  const hits = { all, counted, isOfWholeRecording: false };
  const none = { line: new Uint32Array(0), self: new Float64Array(0) };
  const placed = place({ line, self }, lineCount, (number) => number);
  const ofOwn = place(
    own.self > 0 ? { line: [own.line], self: [own.self] } : none,
    lineCount,
    (number) => number,
  );
  const hottest = largest(ofOwn.self) ?? largest(placed.self);
  return {
    self: placed.self,
    own: ofOwn.self,
    hottest: hottest === undefined ? undefined : hottest + 1,
    most: placed.self.reduce((most, value) => Math.max(most, value), 0),
    unplaced: placed.unplaced,
    hits,
    by: 'functions',
  };
}

function place(
  hits: { line: ArrayLike<number>; self: ArrayLike<number> },
  lineCount: number,
  toShown: ToShownLine,
) {
  const self = new Float64Array(lineCount);
  let unplaced = 0;
  Array.from(hits.line).forEach((line, at) => {
    const value = hits.self[at] as number;
    const shown = toShown(line);
    if (shown === undefined || shown < 1 || shown > lineCount) unplaced += value;
    else self[shown - 1] = (self[shown - 1] as number) + value;
  });
  return { self, unplaced };
}

function largest(values: Float64Array): number | undefined {
  let found: number | undefined;
  values.forEach((value, at) => {
    if (value > (found === undefined ? 0 : (values[found] as number))) found = at;
  });
  return found;
}

const LINE_ENDS = /\r\n|[\n\r\u2028\u2029]/;
/** Marks that reorder or hide text could make a line read as another than what runs. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST = 1000;

/** The lines as JavaScript counts them. The end of a file is no line of its own. */
export function linesOfText(text: string): string[] {
  const lines = text.split(LINE_ENDS);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

/** A line as it is shown: nothing in it hides or reorders, and none is endless. */
export function printableLine(line: string): string {
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return cut.replaceAll('\t', '  ').replace(DECEPTIVE, '\ufffd');
}
