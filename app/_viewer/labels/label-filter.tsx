'use client';

import { useMemo, useState } from 'react';
import type { LabelChoice, LabelFacet, LabelShare } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import { Select } from '../../_ui/field.tsx';
import { printable } from '../flame/function-labels.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { INITIAL_PICTURE, type ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { chosenOf, offeredFacets, shownFacet, withChoice } from './label-choices.ts';

/** Values shown at first. */
const SHOWN = 8;

interface LabelFilterProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
}

/** What samples add up to by the values of a label, such as the type of what was waited for, and which of them are shown. */
export function LabelFilter({ subject, state, change }: LabelFilterProps) {
  const viewer = useViewerWords();
  const { labels: chosen } = state;
  const { facets } = subject.profile;
  const { valueType } = subject.view;
  const offered = useMemo(() => offeredFacets(facets, valueType, chosen), [facets, valueType, chosen]);
  const facet = shownFacet(offered, state.labelKey);
  const { groupedBy } = state;
  const group = (key: string | undefined) =>
    change({ groupedBy: key, ...INITIAL_PICTURE, callersPicture: INITIAL_PICTURE });
  if (facet === undefined && groupedBy === undefined) return null;
  const choose = (key: string, value: string | undefined) =>
    change({ labels: withChoice(chosen, key, value) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div
      role="group"
      aria-label={viewer.labels.label}
      className="flex shrink-0 flex-wrap items-center gap-1 text-sm"
    >
      {facet && (
        <>
          <span className="text-muted">{viewer.labels.by}</span>
          <KeySelect facets={offered} shown={facet} onChange={(labelKey) => change({ labelKey })} />
          <Values
            key={facet.key}
            subject={subject}
            facet={facet}
            chosen={chosenOf(chosen, facet.key)}
            onChoose={(value) => choose(facet.key, value)}
          />
        </>
      )}
      {chosen
        .filter(({ key }) => key !== facet?.key)
        .map((other) => (
          <OtherChoice key={other.key} choice={other} onRemove={() => choose(other.key, undefined)} />
        ))}
      <Grouping shown={facet?.key} groupedBy={groupedBy} onGroup={group} />
    </div>
  );
}

interface GroupingProps {
  readonly shown: string | undefined;
  readonly groupedBy: string | undefined;
  onGroup(key: string | undefined): void;
}

/** Whether the values of a label stand below the root: those of the key that is shown, or of another one, which can be let go. */
function Grouping({ shown, groupedBy, onGroup }: GroupingProps) {
  const { labels } = useViewerWords();
  return (
    <span className="ml-2 flex gap-1">
      {groupedBy !== undefined && groupedBy !== shown && (
        <Chip isOn text={labels.groupBy(printable(groupedBy))} onClick={() => onGroup(undefined)} />
      )}
      {shown !== undefined && (
        <Chip
          isOn={groupedBy === shown}
          text={labels.groupBy(printable(shown))}
          title={labels.groupByTitle(printable(shown))}
          onClick={() => onGroup(groupedBy === shown ? undefined : shown)}
        />
      )}
    </span>
  );
}

interface KeySelectProps {
  readonly facets: readonly LabelFacet[];
  readonly shown: LabelFacet;
  onChange(key: string): void;
}

function KeySelect({ facets, shown, onChange }: KeySelectProps) {
  const viewer = useViewerWords();
  if (facets.length === 1) return <span className="mr-1">{printable(shown.key)}</span>;
  return (
    <Select
      aria-label={viewer.labels.key}
      value={shown.key}
      onChange={(event) => onChange(event.target.value)}
      className="mr-1"
    >
      {facets.map(({ key }) => (
        <option key={key} value={key}>
          {printable(key)}
        </option>
      ))}
    </Select>
  );
}

interface ValuesProps {
  readonly subject: Subject;
  readonly facet: LabelFacet;
  readonly chosen: string | undefined;
  onChoose(value: string | undefined): void;
}

function Values({ subject, facet, chosen, onChoose }: ValuesProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? facet.values : firstOf(facet.values, chosen);
  const hidden = facet.values.length - shown.length;
  return (
    <>
      <Chip isOn={chosen === undefined} text={viewer.labels.all} onClick={() => onChoose(undefined)} />
      {shown.map(({ value, totals }) => (
        <Chip
          key={value}
          isOn={value === chosen}
          text={value === '' ? viewer.labels.none : printable(value)}
          amount={measure.value(totals[subject.view.valueType] ?? 0)}
          onClick={() => onChoose(value === chosen ? undefined : value)}
        />
      ))}
      {(hidden > 0 || isOpen) && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="rounded-sm px-1.5 text-muted hover:bg-hover hover:text-text"
        >
          {isOpen ? viewer.labels.fewer : viewer.labels.more(hidden)}
        </button>
      )}
      {isOpen && facet.leftOut > 0 && (
        <span className="text-muted">{viewer.labels.leftOut(facet.leftOut)}</span>
      )}
    </>
  );
}

/** What was chosen is in sight, however little it is. */
function firstOf(values: readonly LabelShare[], chosen: string | undefined): readonly LabelShare[] {
  return values.filter(({ value }, index) => index < SHOWN || value === chosen);
}

/** A choice by another key than the one that is shown. */
function OtherChoice({ choice, onRemove }: { choice: LabelChoice; onRemove(): void }) {
  const viewer = useViewerWords();
  const key = printable(choice.key);
  const value = choice.value === '' ? viewer.labels.none : printable(choice.value);
  return (
    <Chip
      isOn
      text={`${key}: ${value} ×`}
      label={viewer.labels.letIn(key, value)}
      title={viewer.labels.letIn(key, value)}
      onClick={onRemove}
    />
  );
}

interface ChipProps {
  readonly isOn: boolean;
  readonly text: string;
  readonly amount?: string;
  readonly title?: string;
  /** Where the text alone does not say what a press does. */
  readonly label?: string;
  onClick(): void;
}

function Chip({ isOn, text, amount, title, label, onClick }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={label}
      title={title ?? text}
      onClick={onClick}
      className={classNames(
        'flex h-6 max-w-72 items-center gap-1.5 rounded-md border px-2',
        isOn ? 'border-text bg-text text-surface' : 'border-hairline-strong bg-raised hover:bg-hover',
      )}
    >
      <span className="truncate">{text}</span>
      {amount !== undefined && (
        <span className={classNames('shrink-0', !isOn && 'text-muted')}>{amount}</span>
      )}
    </button>
  );
}
