import type { CallTree } from '../call-tree/call-tree.ts';
import { type NamedFunctions, placeOf } from './named-functions.ts';
import { checkFrames, writeStack } from './stack-lengths.ts';

const CHUNK_CHARACTERS = 1 << 20;
/** What would end a frame or a line. */
const SEPARATORS = /[;\r\n]/g;
const REPLACED: Readonly<Record<string, string>> = { ';': ':', '\r': ' ', '\n': ' ' };
const ROOT = '(root)';

/**
 * A call tree as collapsed stacks, in pieces of about a megabyte: a line for each call that took something itself, with what it
 * took in the unit of the tree. Functions are written `name (file:line:column)`; a semicolon in a name becomes a colon.
 */
export function* encodeCollapsed(tree: CallTree, names: NamedFunctions): Generator<string> {
  checkFrames(tree);
  const texts: string[] = [];
  const textOf = (func: number) => (texts[func] ??= toText(names, func));
  const stack = new Uint32Array(tree.maxDepth);
  let text = '';
  for (let row = 0; row < tree.length; row++) {
    const value = tree.self[row] as number;
    if (value === 0) continue;
    const length = writeStack(tree, row, stack);
    if (length === 0) text += ROOT;
    for (let at = 0; at < length; at++) text += (at === 0 ? '' : ';') + textOf(stack[at] as number);
    text += ` ${value}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function toText(names: NamedFunctions, func: number): string {
  const { name, url, line, column } = placeOf(names, func);
  return withPlace(name, url, line, column).replace(SEPARATORS, (found) => REPLACED[found] ?? ' ');
}

/** Round brackets, as most tools write them; square ones where the path has round ones itself. */
function withPlace(name: string, url: string, line: number, column: number): string {
  if (url === '') return name;
  const position = line === 0 ? '' : column === 0 ? `:${line}` : `:${line}:${column}`;
  return /[()]/.test(url) ? `${name} [${url}${position}]` : `${name} (${url}${position})`;
}
