'use client';

import type { LeakSuspect } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import type { Explored } from '../explored.ts';
import { ObjectName } from '../grid/cells.tsx';
import { inOneLine } from '../in-one-line.ts';
import { selectObject, showHolders, toView } from '../state/heap-moves.ts';
import { type HeapWords, useHeapWords } from '../use-heap-words.ts';
import { SuspectPath } from './suspect-path.tsx';

/** Of what a suspect holds, the heaviest classes. */
const SHOWN_CLASSES = 4;

interface SuspectsViewProps extends Explored {
  readonly suspects: readonly LeakSuspect[];
}

/** What looks like a leak, the likeliest first, each in a sentence with where it piles up. */
export function SuspectsView({ suspects, state, change }: SuspectsViewProps) {
  const { suspects: words } = useHeapWords();
  if (suspects.length === 0)
    return (
      <EmptyState title={words.none}>
        <p>{words.noneDetail}</p>
        <p className="mt-3 flex gap-2">
          <Button onClick={() => change(toView('classes'))}>{words.toClasses}</Button>
          <Button onClick={() => change(toView('compare'))}>{words.toCompare}</Button>
        </p>
      </EmptyState>
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <ol aria-label={words.label}>
        {suspects.map((suspect) => (
          <li
            key={`${suspect.accumulation.id} ${suspect.className}`}
            className="border-b border-hairline py-2.5 first:pt-1"
          >
            <Suspect suspect={suspect} selected={state.selected} change={change} />
          </li>
        ))}
      </ol>
      <p className="mt-2.5 max-w-[68ch] text-muted">{words.oneCannotTell}</p>
      <Button small className="mt-2" onClick={() => change(toView('compare'))}>
        {words.toCompare}
      </Button>
    </div>
  );
}

interface SuspectProps {
  readonly suspect: LeakSuspect;
  readonly selected: number | undefined;
  readonly change: Explored['change'];
}

function Suspect({ suspect, selected, change }: SuspectProps) {
  const { f } = useWords();
  const { suspects: words } = useHeapWords();
  const { accumulation, example, className, retainedBytes, share, kind, count, held } = suspect;
  const bytes = f.bytes(retainedBytes);
  const choose = (id: number) => change((before) => selectObject(before, id));
  const isOne = kind === 'one object';
  const places = [[isOne ? words.theObject : words.accumulation, accumulation] as const];
  if (example.id !== accumulation.id) places.push([words.example, example]);
  const sentence = sentenceOf(suspect, words);
  return (
    <article className="flex flex-col gap-1">
      <h2 className="font-medium">
        {isOne
          ? titleOfOne(suspect, words, bytes, f.percent(share))
          : words.many(count, inOneLine(className), bytes, f.percent(share))}
      </h2>
      {sentence !== undefined && <p>{sentence}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {places.map(([name, object]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd>
              <button
                type="button"
                aria-pressed={selected === object.id}
                onClick={() => choose(object.id)}
                className="-mx-1 max-w-full rounded-sm px-1 text-left hover:bg-hover aria-pressed:bg-accent-surface"
              >
                <ObjectName object={object} />
              </button>
            </dd>
          </div>
        ))}
        <dt className="text-muted">{words.path}</dt>
        <dd className="[overflow-wrap:anywhere]">
          <SuspectPath path={suspect.path} onChoose={choose} />
        </dd>
        {(held.length > 1 || !isOne) && held.length > 0 && (
          <>
            <dt className="text-muted">{words.held}</dt>
            <dd>{heldText(suspect, words, f)}</dd>
          </>
        )}
      </dl>
      <p>
        <Button small onClick={() => change((before) => showHolders(before, holdersOf(suspect)))}>
          {isOne ? words.holdersOfOne : words.holders}
        </Button>
      </p>
    </article>
  );
}

function holdersOf({ kind, className, accumulation }: LeakSuspect) {
  return kind === 'one object' ? { object: accumulation.id } : { className };
}

/** What is large by itself, and not by what it holds. */
function giantOf({ kind, way, count, className }: LeakSuspect) {
  if (kind !== 'one object' || (way !== 'string' && way !== 'buffer' && way !== 'array')) return undefined;
  // Of a text that was put together its pieces are counted.
  return { way, count: className === '(concatenated string)' ? 1 : count };
}

function titleOfOne(suspect: LeakSuspect, words: HeapWords['suspects'], bytes: string, share: string) {
  const giant = giantOf(suspect);
  return giant === undefined
    ? words.one(inOneLine(suspect.accumulation.className), bytes, share)
    : words.giant(words.giants[giant.way](giant.count), bytes, share);
}

function sentenceOf(suspect: LeakSuspect, words: HeapWords['suspects']): string | undefined {
  const place = placeOf(suspect, words);
  const giant = giantOf(suspect);
  if (giant === undefined) return words.sentence(words.ways[suspect.way], place);
  return place === undefined ? undefined : words.giantPlace(giant.count, place);
}

function placeOf({ place }: LeakSuspect, words: HeapWords['suspects']): string | undefined {
  if (place === undefined) return undefined;
  const { kind, name, owner, scriptName } = place;
  // A scope has no name of its own; the file that it is in has.
  const where = kind === 'variable' && scriptName !== undefined ? fileOf(scriptName) : owner.className;
  return words[kind](inOneLine(name), inOneLine(where));
}

/** The last two parts of a path or an address. */
function fileOf(scriptName: string): string {
  return scriptName.split('/').slice(-2).join('/');
}

function heldText(
  { held }: LeakSuspect,
  words: HeapWords['suspects'],
  f: ReturnType<typeof useWords>['f'],
): string {
  const shown = held
    .toSorted((a, b) => b.shallowBytes - a.shallowBytes)
    .slice(0, SHOWN_CLASSES)
    .map(
      ({ className, count, shallowBytes }) =>
        `${f.number(count)} × ${inOneLine(className)} (${f.bytes(shallowBytes)})`,
    );
  if (held.length > SHOWN_CLASSES) shown.push(words.heldMore(held.length - SHOWN_CLASSES));
  return f.list(shown);
}
