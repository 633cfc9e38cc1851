'use client';

import type { ReactNode } from 'react';
import { looksOnce } from '../_capture/kinds.ts';
import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import type { Sides } from './changes.ts';
import { type Side, secondsOf } from './sides.ts';
import { useCompareWords } from './use-compare-words.ts';

interface SideFactsProps {
  readonly sides: Sides<Side>;
  /** What each side comes to; undefined while it is read. */
  readonly wholes: Sides<string> | undefined;
  /** Where another capture is chosen for a side. */
  readonly changeHrefs: Sides<string>;
  /** For a file there is no such place: it is given up here. */
  onChangeFile(side: keyof Sides<unknown>): void;
}

const NAMES = ['before', 'after'] as const;

/** What is compared: where, when and of what, one line a side, so that what differs stands below itself. */
export function SideFacts({ sides, wholes, changeHrefs, onChangeFile }: SideFactsProps) {
  const { facts: words, ...compare } = useCompareWords();
  const columns = ['service', 'version', 'instance', 'requested', 'duration', 'whole'] as const;
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{words.caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((name) => (
              <th key={name} scope="col" className="pr-6 text-left text-sm font-normal text-muted">
                {words.columns[name]}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {NAMES.map((name) => (
            <tr key={name}>
              <th scope="row" className="w-16 pr-4 text-left font-medium">
                {compare[name]}
              </th>
              <Cells side={sides[name]} whole={wholes?.[name]} />
              <td className="text-right">
                <ChangeButton
                  label={words.changeSide(compare[name])}
                  text={words.change}
                  side={sides[name]}
                  href={changeHrefs[name]}
                  onChange={() => onChangeFile(name)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'h-7 max-w-72 truncate pr-6';

function Cells({ side, whole }: { side: Side; whole: string | undefined }) {
  const { f } = useWords();
  const wholeCell = <td className={`${CELL} figures`}>{whole ?? ''}</td>;
  if (side.kind === 'file')
    return (
      <>
        <td colSpan={5} className={CELL}>
          {side.file.name} <span className="figures text-muted">{f.bytes(side.file.size)}</span>
        </td>
        {wholeCell}
      </>
    );
  const { captures } = side;
  const [first] = captures;
  if (first === undefined) return null;
  return (
    <>
      <td className={CELL}>
        <Distinct values={captures.map(({ service }) => service)} />
      </td>
      <td className={CELL}>
        <Distinct values={captures.map(({ serviceVersion }) => serviceVersion)} />
      </td>
      <td className={CELL}>
        {captures.length === 1 ? (
          <Link href={`/captures/${first.id}`} className="hover:underline">
            {first.instanceName}
          </Link>
        ) : (
          <Distinct values={captures.map(({ instanceName }) => instanceName)} />
        )}
      </td>
      <td className={CELL}>
        <Moment at={first.requestedAt} />
      </td>
      <td className={`${CELL} figures`}>
        {looksOnce(first.kind)
          ? '–'
          : recorded(captures.length, f.duration(secondsOf(captures) / captures.length))}
      </td>
      {wholeCell}
    </>
  );
}

const recorded = (count: number, each: string): string => (count === 1 ? each : `${count} × ${each}`);

/** More than these are counted. */
const MOST_NAMES = 3;

function Distinct({ values }: { values: readonly string[] }): ReactNode {
  const { f } = useWords();
  const { facts: words } = useCompareWords();
  const distinct = [...new Set(values)];
  if (distinct.length <= MOST_NAMES) return f.list(distinct);
  return <span title={f.list(distinct)}>{words.instances(distinct.length)}</span>;
}

interface ChangeButtonProps {
  readonly label: string;
  readonly text: string;
  readonly side: Side;
  readonly href: string;
  onChange(): void;
}

function ChangeButton({ label, text, side, href, onChange }: ChangeButtonProps) {
  const look = buttonClass('quiet', true);
  if (side.kind === 'file')
    return (
      <button type="button" aria-label={label} title={label} className={look} onClick={onChange}>
        {text}
      </button>
    );
  return (
    <Link href={href} aria-label={label} title={label} className={look}>
      {text}
    </Link>
  );
}
