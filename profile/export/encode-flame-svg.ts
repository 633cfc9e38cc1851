import type { CallTree, IndexIntoCallTree } from '../call-tree/call-tree.ts';
import { type FlameBox, type FlameBoxOptions, toFlameBoxes } from './flame-boxes.ts';
import { fitInto, toXmlText } from './svg-text.ts';

/** What a picture of a call tree shows, in the words and colours of whoever has it drawn. Colours are CSS colours. */
export interface FlameSvgOptions {
  readonly tree: CallTree;
  /** The part of the width that is drawn, as shares from 0 to 1; everything unless said otherwise. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Callers below and callees above them, as flames stand. */
  readonly rootBelow?: boolean;
  readonly widthPx?: number;
  /** What the picture is of: its title and its first line. */
  readonly title: string;
  label(row: IndexIntoCallTree): string;
  /** All that is to be known of a call: what is told where a pointer rests on its box. */
  describe(row: IndexIntoCallTree): string;
  /** The same of several calls beside each other that are too narrow to be drawn apart. */
  describeMerged(calls: number, total: number): string;
  colour(row: IndexIntoCallTree): string;
  readonly mergedColour: string;
  readonly textColour: string;
  readonly background: string;
}

const USUAL_WIDTH = 1200;
const LINE = 18;
const HEAD = 26;
const BASELINE = 13;
const FONT_SIZE = 12;
/** Of monospaced letters. */
const LETTER = FONT_SIZE * 0.6;
const PADDING = 4;
const NARROWEST = 0.5;
const CHUNK_CHARACTERS = 1 << 18;
const MOST_CHARACTERS = 1000;

/**
 * A flame graph as a picture that needs nothing else: no script, no style sheet, no font of its own. In pieces of text to be put
 * together. Calls too narrow to be seen are drawn as one box that says how many they are and what they took together.
 */
export function* encodeFlameSvg(options: FlameSvgOptions): Generator<string> {
  const width = options.widthPx ?? USUAL_WIDTH;
  const range = options.range ?? { from: 0, to: 1 };
  const boxes: FlameBoxOptions = { tree: options.tree, range, width, narrowest: NARROWEST };
  let depths = 0;
  for (const { depth } of toFlameBoxes(boxes)) depths = Math.max(depths, depth + 1);
  const height = HEAD + depths * LINE + PADDING;
  yield toHead(options, width, height);
  let text = '';
  for (const box of toFlameBoxes(boxes)) {
    const y =
      options.rootBelow === true ? height - PADDING - (box.depth + 1) * LINE : HEAD + box.depth * LINE;
    text += toBox(box, y, options);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield `${text}</svg>\n`;
}

function toHead({ title, textColour, background }: FlameSvgOptions, width: number, height: number): string {
  const shown = toXmlText(fitInto(title.slice(0, MOST_CHARACTERS), (width - 2 * PADDING) / LETTER));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${FONT_SIZE}" fill="${toXmlText(textColour)}">\n`,
    `<title>${toXmlText(title, MOST_CHARACTERS)}</title>\n`,
    `<rect width="${width}" height="${height}" fill="${toXmlText(background)}"/>\n`,
    `<text x="${PADDING}" y="${BASELINE + PADDING}" font-weight="bold">${shown}</text>\n`,
  ].join('');
}

function toBox({ left, right, row, calls, total }: FlameBox, y: number, options: FlameSvgOptions): string {
  const isOne = calls === 1;
  const columns = isOne ? (right - left - 2 * PADDING) / LETTER : 0;
  const label = columns < 1 ? '' : fitInto(options.label(row).slice(0, MOST_CHARACTERS), columns);
  const title = isOne ? options.describe(row) : options.describeMerged(calls, total);
  const colour = isOne ? options.colour(row) : options.mergedColour;
  // A hair between neighbours tells them apart; of narrow boxes it would leave nothing.
  const width = right - left > 3 ? right - left - 0.5 : right - left;
  const text =
    label === '' ? '' : `<text x="${short(left + PADDING)}" y="${y + BASELINE}">${toXmlText(label)}</text>`;
  return `<g><title>${toXmlText(title, MOST_CHARACTERS)}</title><rect x="${short(left)}" y="${y}" width="${short(width)}" height="${LINE - 1}" fill="${toXmlText(colour)}"/>${text}</g>\n`;
}

/** To a hundredth of a pixel, which makes half the file. */
function short(pixels: number): string {
  return String(Math.round(pixels * 100) / 100);
}
