import { MEDIA_TYPES, type ProfileMediaType } from '../media-types.ts';
import type { OtherFile } from './sniff-json.ts';

/** The end of `main;parse;read 12`. */
const COUNT = /\s-?\d+(\.\d+)?\s*$/;
const COUNT_CHARACTERS = 64;
const COLLAPSED_NAME = /\.(folded|collapsed|stacks)(\.txt)?$/i;
/** Of `perf script`: a process, its id, a time, an event. */
const PERF_LINE = /^\S.*\s+\d+(\/\d+)?\s+(\[\d+\]\s+)?\d+\.\d+:\s+.*:/;
const PERF_CHARACTERS = 200;
const LOOKED_AT = 20;
/** Of one line, longer than what is looked at. */
const FRAMES_OF_A_DEEP_STACK = 8;

/** @returns undefined for what is no text */
export function sniffText(beginning: Uint8Array, fileName: string): ProfileMediaType | OtherFile | undefined {
  if (isBinary(beginning)) return COLLAPSED_NAME.test(fileName) ? MEDIA_TYPES.collapsed : undefined;
  const text = new TextDecoder().decode(beginning);
  if (text === '') return { instead: 'is empty' };
  if (text.startsWith('<')) return { instead: 'is HTML or XML' };
  const lines = text.split(/\r?\n/, LOOKED_AT).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stacks = lines.filter((line) => COUNT.test(line.slice(-COUNT_CHARACTERS))).length;
  if (stacks * 2 >= lines.length && stacks > 0) return MEDIA_TYPES.collapsed;
  if (lines.some((line) => PERF_LINE.test(line.slice(0, PERF_CHARACTERS))))
    return { instead: 'is the output of perf script; make collapsed stacks of it first' };
  const isDeep =
    lines.length === 1 && text.split(';', FRAMES_OF_A_DEEP_STACK).length === FRAMES_OF_A_DEEP_STACK;
  // Its reader names the line that is wrong.
  if (isDeep || COLLAPSED_NAME.test(fileName)) return MEDIA_TYPES.collapsed;
  return { instead: 'is text, but no list of stacks' };
}

/** Control characters, as no text has them. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}
