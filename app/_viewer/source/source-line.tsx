'use client';

import { classNames } from '../../_ui/class-names.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { printableLine, type SourceLines } from './source-lines.ts';
import { useSourceWords } from './use-source-words.ts';

/** In CSS pixels. */
export const LINE_HEIGHT = 20;

interface SourceLineProps {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly lines: SourceLines | undefined;
  readonly begins: number;
  readonly writeValue: (value: number) => string;
}

/** A line with its number and what it took; the bar is as long as the value, against the line of the file that took most. */
export function SourceLine({ line, text, lines, begins, writeValue }: SourceLineProps) {
  const words = useSourceWords();
  const self = lines?.self[line - 1] ?? 0;
  const isHottest = lines?.hottest === line;
  return (
    <tr
      aria-rowindex={line + 1}
      aria-current={isHottest ? 'true' : undefined}
      className={classNames('hover:bg-hover', isHottest && 'bg-accent-surface')}
      style={{ height: LINE_HEIGHT }}
    >
      <td
        className={classNames(
          'figures select-none border-l-2 px-2 py-0 text-right',
          isHottest ? 'border-accent text-text' : 'border-transparent',
          line === begins ? 'text-text underline' : 'text-muted',
        )}
      >
        {line}
      </td>
      <td className="relative select-none p-0 font-sans">
        {lines && self > 0 && <Hits line={line} lines={lines} self={self} writeValue={writeValue} />}
        {isHottest && <span className="sr-only">{words.hits.hottest}</span>}
      </td>
      <td className="whitespace-pre px-2 py-0" dir="ltr">
        {printableLine(text)}
      </td>
    </tr>
  );
}

interface HitsProps {
  readonly line: number;
  readonly lines: SourceLines;
  readonly self: number;
  readonly writeValue: (value: number) => string;
}

function Hits({ line, lines, self, writeValue }: HitsProps) {
  const viewer = useViewerWords();
  const share = lines.hits.all > 0 ? self / lines.hits.all : 0;
  const isOwn = (lines.own[line - 1] ?? 0) > 0;
  return (
    <>
      <span
        aria-hidden="true"
        className={classNames(
          'absolute inset-y-[3px] right-1 rounded-[2px]',
          isOwn ? 'bg-[var(--flame-own-1)]' : 'bg-hairline',
        )}
        style={{ width: `calc((100% - 0.5rem) * ${self / lines.most})` }}
      />
      <span className="figures relative flex justify-end gap-2 px-2">
        <span>{writeValue(self)}</span>
        <span className="w-12 text-right">{viewer.share(share)}</span>
      </span>
    </>
  );
}
