'use client';

import { useState } from 'react';
import type { LabelChoice, LabelFacet, LabelShare } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import { printable } from '../flame/function-labels.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { chosenOf, withChoice } from './label-choices.ts';

/** Values shown at first; most keys have fewer. */
const SHOWN = 8;

interface LabelFilterProps {
  readonly subject: Subject;
  readonly chosen: readonly LabelChoice[];
  onChange(chosen: readonly LabelChoice[]): void;
}

/** A row for each key that samples are labelled by: what they add up to by value, and which of them are shown. */
export function LabelFilter({ subject, chosen, onChange }: LabelFilterProps) {
  const { facets } = subject.profile;
  if (facets.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-col gap-1">
      {facets.map((facet) => (
        <FacetRow
          key={facet.key}
          subject={subject}
          facet={facet}
          chosen={chosenOf(chosen, facet.key)}
          onChoose={(value) => onChange(withChoice(chosen, facet.key, value))}
        />
      ))}
    </div>
  );
}

interface FacetRowProps {
  readonly subject: Subject;
  readonly facet: LabelFacet;
  readonly chosen: string | undefined;
  onChoose(value: string | undefined): void;
}

function FacetRow({ subject, facet, chosen, onChoose }: FacetRowProps) {
  const viewer = useViewerWords();
  const [isOpen, setOpen] = useState(false);
  const { valueType } = subject.view;
  const sorted = facet.values.toSorted((a, b) => (b.totals[valueType] ?? 0) - (a.totals[valueType] ?? 0));
  const shown = isOpen ? sorted : firstOf(sorted, chosen);
  const hidden = sorted.length - shown.length;
  const name = printable(facet.key);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div
      role="group"
      aria-label={`${viewer.labels.label}: ${name}`}
      className="flex flex-wrap items-center gap-1 text-sm"
    >
      <span className="mr-1 text-muted">{name}</span>
      <Chip isOn={chosen === undefined} text={viewer.labels.all} onClick={() => onChoose(undefined)} />
      {shown.map((share) => (
        <ValueChip
          key={share.value}
          subject={subject}
          share={share}
          isOn={share.value === chosen}
          onClick={() => onChoose(share.value === chosen ? undefined : share.value)}
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
    </div>
  );
}

/** What was chosen is in sight, however little it is. */
function firstOf(sorted: readonly LabelShare[], chosen: string | undefined): readonly LabelShare[] {
  return sorted.filter(({ value }, index) => index < SHOWN || value === chosen);
}

interface ValueChipProps {
  readonly subject: Subject;
  readonly share: LabelShare;
  readonly isOn: boolean;
  onClick(): void;
}

function ValueChip({ subject, share, isOn, onClick }: ValueChipProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const text = share.value === '' ? viewer.labels.none : printable(share.value);
  const amount = measure.value(share.totals[subject.view.valueType] ?? 0);
  return <Chip isOn={isOn} text={text} amount={amount} onClick={onClick} />;
}

function Chip({
  isOn,
  text,
  amount,
  onClick,
}: {
  isOn: boolean;
  text: string;
  amount?: string;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={classNames(
        'flex h-6 max-w-64 items-center gap-1.5 rounded-md border px-2',
        isOn ? 'border-text bg-text text-surface' : 'border-hairline-strong bg-raised hover:bg-hover',
      )}
    >
      <span className="truncate">{text}</span>
      {amount !== undefined && <span className={isOn ? '' : 'text-muted'}>{amount}</span>}
    </button>
  );
}
