'use client';

import { memo, type ReactNode, Suspense, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { lazyPart } from '../../_ui/lazy-part.ts';
import { Section } from '../../_ui/section.tsx';
import type { OneSource } from '../loading/protocol.ts';
import { ChoiceRow } from '../state/choice-row.tsx';
import { ViewerBoundary } from '../viewer-boundary.tsx';
import type { Selection } from './trace-state.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

const CpuCalls = lazyPart(async () => ({ default: (await import('./cpu-calls.tsx')).CpuCalls }));

/** A CPU profile of the process that may have been recorded at the same time. */
export interface CpuCapture {
  readonly id: string;
  /** What tells it from the others: its thread, and when it was asked for. */
  readonly title: string;
  readonly source: OneSource;
  /** The page of the capture; undefined for the samples in the trace itself. */
  readonly path: string | undefined;
}

/** What is known of CPU profiles beside a trace. */
export interface CpuBeside {
  /** Undefined while they are looked for. */
  readonly captures: readonly CpuCapture[] | undefined;
  /** How to take both together, where that can be done. */
  readonly takeBoth: ReactNode;
}

interface CpuSamplesProps {
  readonly trace: Trace;
  readonly source: OneSource;
  readonly beside: CpuBeside;
  readonly selection: Selection | undefined;
  /** The capture that was chosen; undefined: the first there is. */
  readonly chosenId: string | undefined;
  readonly change: ChangeTrace;
}

/** An event that traces have only where V8 sampled in them. */
const SAMPLES = 'ProfileChunk';
/** What V8 traces when a CPU profile is begun: its samples wake a thread, and libuv loses count of its waits. */
const PROFILER = 'CpuProfiler::StartProfiling';

/** What was on the stack in the selected time. */
export const CpuSamples = memo(function CpuSamples(props: CpuSamplesProps) {
  const { trace, source, beside, selection, chosenId, change } = props;
  const { cpu: words } = useTraceWords();
  const ownTitle = words.own;
  const captures = useMemo(() => {
    const own = { id: 'own', title: ownTitle, source, path: undefined };
    return [...(trace.strings.includes(SAMPLES) ? [own] : []), ...(beside.captures ?? [])];
  }, [trace, source, ownTitle, beside.captures]);
  const wasProfiled = useMemo(() => trace.strings.includes(PROFILER), [trace]);
  const chosen = captures.find(({ id }) => id === chosenId) ?? captures[0];
  return (
    <Section title={selection ? words.titleSelected : words.title}>
      {wasProfiled && <p className="pt-1.5 text-sm text-muted">{words.wakes}</p>}
      {chosen === undefined ? (
        <div className="flex flex-wrap items-center gap-3 pt-1.5">
          <p className="text-muted">{beside.captures === undefined ? words.looking : words.none}</p>
          {beside.captures !== undefined && beside.takeBoth}
        </div>
      ) : (
        <>
          {captures.length > 1 && (
            <div className="pt-1.5">
              <ChoiceRow
                label={words.choose}
                choices={captures.map(({ id, title }) => ({ key: id, text: title }))}
                chosen={chosen.id}
                onChange={(id) => change({ cpu: id === captures[0]?.id ? undefined : id })}
              />
            </div>
          )}
          <ViewerBoundary key={`around ${chosen.id}`} failure={words.failed}>
            <Suspense fallback={<p className="pt-1.5 text-muted">{words.looking}</p>}>
              <CpuCalls
                key={chosen.id}
                {...{ trace, selection, change }}
                capture={chosen}
                takeBoth={beside.takeBoth}
              />
            </Suspense>
          </ViewerBoundary>
        </>
      )}
    </Section>
  );
});
