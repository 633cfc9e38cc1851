'use client';

import { classNames } from '../../_ui/class-names.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { INITIAL_PICTURE, type ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { type AppliedStep, toSteps, withoutStep } from './transform-list.ts';
import { useTransformWords } from './use-transform-words.ts';

interface TransformChipsProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
}

/** What was done to the stacks, in its order; each can be taken back. Nothing where nothing was done. */
export function TransformChips({ subject, state, change }: TransformChipsProps) {
  const { transforms: words, share } = useViewerWords();
  const measure = useMeasure(subject);
  const { transforms } = state;
  const { leftOut, whole } = subject.view;
  if (transforms.length === 0) return null;
  const to = (next: ViewerState['transforms']) =>
    change({ transforms: next, ...INITIAL_PICTURE, callersPicture: INITIAL_PICTURE });
  const steps = toSteps(transforms);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div
      role="group"
      aria-label={words.applied}
      className="flex shrink-0 flex-wrap items-center gap-1 text-sm"
    >
      {steps.map((step) => (
        <StepChip key={step.from} step={step} onRemove={() => to(withoutStep(transforms, step))} />
      ))}
      {steps.length > 1 && (
        <button
          type="button"
          onClick={() => to([])}
          className="h-6 rounded-sm px-1.5 text-muted hover:bg-hover hover:text-text"
        >
          {words.takeAllBack}
        </button>
      )}
      {leftOut > 0 && (
        <span role="status" className="ml-1 text-muted">
          {words.leftOut(measure.value(leftOut), share(whole > 0 ? leftOut / whole : 0))}
        </span>
      )}
    </div>
  );
}

function StepChip({ step, onRemove }: { step: AppliedStep; onRemove(): void }) {
  const { transforms: words } = useViewerWords();
  const { stepOf, detailOf } = useTransformWords();
  const text = step.kind === 'only-own' ? words.onlyOwn : stepOf(step.transform);
  const detail = step.kind === 'only-own' ? words.onlyOwnTitle : detailOf(step.transform);
  return (
    <button
      type="button"
      onClick={onRemove}
      aria-label={words.takeBack(text)}
      title={words.takeBack(detail)}
      className={classNames(
        'flex h-6 max-w-80 items-center gap-1.5 rounded-md border border-hairline-strong bg-raised px-2 hover:bg-hover',
      )}
    >
      <span className="truncate">{text}</span>
      <span aria-hidden="true" className="text-muted">
        ×
      </span>
    </button>
  );
}
