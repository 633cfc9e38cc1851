import {
  encodeCollapsed,
  encodeFlameSvg,
  encodePprofChunks,
  encodeSpeedscope,
  profileOfTree,
  type ValueType,
} from '#profile/index.ts';
import { printable } from '../flame/function-labels.ts';
import type { Palette } from '../flame/palette.ts';
import type { ViewRange } from '../flame/view-range.ts';
import type { Subject } from '../state/subject.ts';
import type { ExportForm } from './file-names.ts';

/** What a picture needs beside the tree, in the words and colours of the page. */
export interface PictureWords {
  readonly title: string;
  readonly range: ViewRange;
  readonly rootBelow: boolean;
  readonly shades: Uint8Array;
  readonly palette: Palette;
  /** Total and self of a call, as the page writes them. */
  numbers(row: number): string;
  merged(calls: number, total: number): string;
}

/** What is shown, in one of the forms that others read. */
export async function writeExport(
  form: Exclude<ExportForm, 'png'>,
  subject: Subject,
  words: PictureWords,
): Promise<Blob> {
  const { profile, view } = subject;
  const { tree } = view;
  switch (form) {
    case 'svg':
      return new Blob([...toSvg(subject, words)], { type: 'image/svg+xml' });
    case 'collapsed':
      return new Blob([...encodeCollapsed(tree, profile)], { type: 'text/plain' });
    case 'speedscope': {
      const valueType = profile.valueTypes[view.valueType] as ValueType;
      const file = encodeSpeedscope(tree, profile, valueType, { name: printable(words.title) });
      return new Blob([...file], { type: 'application/json' });
    }
    case 'pprof': {
      const shown = profileOfTree(profile, tree, view.valueType);
      const chunks = [...encodePprofChunks(shown, { includeIdle: true })];
      const packed = new Blob(chunks).stream().pipeThrough(new CompressionStream('gzip'));
      return new Response(packed).blob();
    }
  }
}

function toSvg(subject: Subject, words: PictureWords): Generator<string> {
  const { tree } = subject.view;
  const { palette, shades, numbers } = words;
  const funcOf = (row: number) => tree.func[row] as number;
  return encodeFlameSvg({
    tree,
    range: words.range,
    rootBelow: words.rootBelow,
    title: words.title,
    label: (row) => subject.label(funcOf(row)),
    describe: (row) =>
      [subject.label(funcOf(row)), subject.place(funcOf(row)), numbers(row)].filter(Boolean).join('\n'),
    describeMerged: words.merged,
    colour: (row) => palette.boxes[shades[funcOf(row)] as number] ?? palette.merged,
    mergedColour: palette.merged,
    textColour: palette.text,
    background: palette.surface,
  });
}
