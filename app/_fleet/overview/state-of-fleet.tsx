'use client';

import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import type { FleetResource, Instance, InstanceId } from '#contract';
import { CaptureButton } from '../../_capture/capture-button.tsx';
import { offersOf } from '../../_capture/offers.ts';
import { findingsQuery } from '../../_data/resource-queries.ts';
import { useWords } from '../../_messages/words.tsx';
import { resourceKey } from '../../_resources/resource-key.ts';
import { useInstances } from '../../_resources/use-instances.ts';
import { Button } from '../../_ui/button.tsx';
import { lazyPart } from '../../_ui/lazy-part.ts';
import { Link } from '../../_ui/link.tsx';
import { PageHeader } from '../../_ui/page-header.tsx';
import { Since } from '../../_ui/timestamp.tsx';
import { conditionOf, conditionSince, isGone, toneOf } from '../condition.ts';
import { ConditionGlyph, TONE_TEXT } from '../condition-glyph.tsx';
import type { FleetState, Trouble } from '../fleet-state.ts';
import { overviewSentence, whyOf } from '../sentence.ts';

const FindingLine = lazyPart(() => import('../../_resources/finding-line.tsx'));

const MOST_LINES = 5;

/** The first line of the overview, and what needs a look with what can be done about it. */
export function StateOfFleet({ state }: { state: FleetState | null }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const instances = useInstances();
  const findings = useLivingFindings(instances);
  const lines = linesOf(state, findings);
  return (
    <>
      <PageHeader
        sentence={
          <span aria-live="polite">
            {state === null ? t.fleet.sentence.loading : overviewSentence(state, findings, t)}
          </span>
        }
        sign={signOf(state, findings)}
      />
      {lines.length > 0 && (
        <section aria-label={t.fleet.overview.troubles} className="px-4 pb-5">
          <ul className="border-t border-hairline">
            {(isOpen ? lines : lines.slice(0, MOST_LINES)).map((line) =>
              'found' in line ? (
                <Suspense key={resourceKey(line.found.instanceId, line.found.resource.id)}>
                  <FindingLine found={line.found} instance={instances.get(line.found.instanceId)} />
                </Suspense>
              ) : (
                <TroubleLine key={line.trouble.instance.id} trouble={line.trouble} />
              ),
            )}
          </ul>
          {lines.length > MOST_LINES && (
            <Button
              look="quiet"
              small
              className="mt-1.5 -ml-2"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen
                ? t.fleet.overview.fewerTroubles
                : t.fleet.overview.moreTroubles(lines.length - MOST_LINES)}
            </Button>
          )}
        </section>
      )}
    </>
  );
}

type Line = { trouble: Trouble } | { found: FleetResource };

/** What is bad, what services found and suggest something for, and what may still come right by itself. */
function linesOf(state: FleetState | null, findings: readonly FleetResource[]): Line[] {
  const troubles = state?.state === 'troubled' ? state.troubles : [];
  const isBad = ({ condition }: Trouble) => toneOf(condition) === 'bad';
  return [
    ...troubles.filter(isBad).map((trouble) => ({ trouble })),
    ...findings.map((found) => ({ found })),
    ...troubles.filter((trouble) => !isBad(trouble)).map((trouble) => ({ trouble })),
  ];
}

/** Of processes that ended there is nothing left to be put right. */
function useLivingFindings(instances: ReadonlyMap<InstanceId, Instance>): readonly FleetResource[] {
  const { data } = useQuery(findingsQuery());
  return useMemo(
    () =>
      (data ?? []).filter(({ instanceId, resource }) => {
        const instance = instances.get(instanceId);
        return resource.finding !== null && instance !== undefined && !isGone(conditionOf(instance));
      }),
    [data, instances],
  );
}

function signOf(state: FleetState | null, findings: readonly FleetResource[]) {
  if (state?.state === 'troubled') return <ConditionGlyph condition={state.worst.condition} size={18} />;
  if (findings.length > 0) return <ConditionGlyph condition="strained" size={18} />;
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
      <span className={`w-44 ${TONE_TEXT[toneOf(condition)]}`}>
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
