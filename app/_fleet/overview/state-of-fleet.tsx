'use client';

import { useState } from 'react';
import { CaptureButton } from '../../_capture/capture-button.tsx';
import { offersOf } from '../../_capture/offers.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { Link } from '../../_ui/link.tsx';
import { PageHeader } from '../../_ui/page-header.tsx';
import { Since } from '../../_ui/timestamp.tsx';
import { conditionSince, toneOf } from '../condition.ts';
import { ConditionGlyph, TONE_TEXT } from '../condition-glyph.tsx';
import type { FleetState, Trouble } from '../fleet-state.ts';
import { fleetSentence, whyOf } from '../sentence.ts';

const MOST_TROUBLES = 5;

/** The first line of the overview, and what needs a look with what can be done about it. */
export function StateOfFleet({ state }: { state: FleetState | null }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const troubles = state?.state === 'troubled' ? state.troubles : [];
  return (
    <>
      <PageHeader
        sentence={
          <span aria-live="polite">
            {state === null ? t.fleet.sentence.loading : fleetSentence(state, t)}
          </span>
        }
        sign={signOf(state)}
      />
      {troubles.length > 0 && (
        <section aria-label={t.fleet.overview.troubles} className="px-4 pb-5">
          <ul className="border-t border-hairline">
            {(isOpen ? troubles : troubles.slice(0, MOST_TROUBLES)).map((trouble) => (
              <TroubleLine key={trouble.instance.id} trouble={trouble} />
            ))}
          </ul>
          {troubles.length > MOST_TROUBLES && (
            <Button
              look="quiet"
              small
              className="mt-1.5 -ml-2"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen
                ? t.fleet.overview.fewerTroubles
                : t.fleet.overview.moreTroubles(troubles.length - MOST_TROUBLES)}
            </Button>
          )}
        </section>
      )}
    </>
  );
}

function signOf(state: FleetState | null) {
  if (state?.state === 'troubled') return <ConditionGlyph condition={state.worst.condition} size={18} />;
  if (state?.state === 'well') return <ConditionGlyph condition="well" size={18} />;
  return null;
}

function TroubleLine({ trouble: { instance, condition } }: { trouble: Trouble }) {
  const { t } = useWords();
  const reason = whyOf(instance, t);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-1.5">
      <span className="inline-flex w-40 items-center gap-2 font-medium">
        <ConditionGlyph condition={condition} />
        <Link href={`/instances/${instance.id}`} className="truncate hover:underline">
          {instance.name}
        </Link>
      </span>
      <span className={`w-36 ${TONE_TEXT[toneOf(condition)]}`}>
        {t.fleet.conditions[condition]}{' '}
        <span className="text-muted">
          <Since at={conditionSince(instance)} />
        </span>
      </span>
      <span className="min-w-0 flex-1 basis-72 text-muted [overflow-wrap:anywhere]">{reason}</span>
      {offersOf([instance]).offers.length > 0 && <CaptureButton target={{ instance }} small />}
    </li>
  );
}
