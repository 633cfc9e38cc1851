/** A function as it is written in one piece of text. */
export interface FrameText {
  readonly name: string;
  readonly url: string;
  /** Counted from 1; 0 when not known. */
  readonly line: number;
  readonly column: number;
}

/** A place in brackets at the end, behind a name; more than a path is long is no place. */
const PLACE = /^(?<name>.*\S) (?:\((?<round>[^()]{1,4096})\)|\[(?<square>[^[\]]{1,4096})\])$/s;
const LIKE_A_PATH = /[./\\]|^(?:node|wasm):./;
const POSITION = /^(?<url>.+?)(?::(?<line>\d{1,9}))?(?::(?<column>\d{1,9}))?$/s;

/**
 * Takes apart what tools write into collapsed stacks: `name (file:line)`, `name [file:line:column]`. What stands in brackets is a
 * place when it has a line, or looks like a path; anything else, such as `run (inlined)`, belongs to the name.
 */
export function parseFrameText(text: string): FrameText {
  const found = PLACE.exec(text)?.groups;
  const { url = '', line, column } = POSITION.exec(found?.round ?? found?.square ?? '')?.groups ?? {};
  const isPlace = line !== undefined || LIKE_A_PATH.test(url);
  if (!isPlace) return { name: text, url: '', line: 0, column: 0 };
  return { name: found?.name ?? '', url, line: Number(line ?? 0), column: Number(column ?? 0) };
}
