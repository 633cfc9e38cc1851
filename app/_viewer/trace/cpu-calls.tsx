'use client';

import '../viewer.css';
import { type CSSProperties, type ReactNode, useCallback, useMemo, useState } from 'react';
import type { TimeRange, Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { Link } from '../../_ui/link.tsx';
import { LoadingFailed } from '../loading/loading-failed.tsx';
import { LoadingProgress } from '../loading/loading-progress.tsx';
import type { OpenedProfile } from '../loading/protocol.ts';
import { useProfile } from '../loading/use-profile.ts';
import { OpenedProfileView } from '../opened-profile.tsx';
import { useViewChoice } from '../state/use-view-choice.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { INITIAL_STATE, type ViewerState, writeViewerState } from '../state/viewer-state.ts';
import { toChoice } from '../time/choose-time.ts';
import { INITIAL_TIME } from '../time/time-state.ts';
import { type CpuTimes, fromCpuRange, toCpuRange } from './cpu-range.ts';
import type { CpuCapture } from './cpu-samples.tsx';
import { type Selection, timesOfSelection, toSelection } from './trace-state.ts';
import { useSettled } from './use-settled.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

interface CpuCallsProps {
  readonly trace: Trace;
  readonly capture: CpuCapture;
  readonly selection: Selection | undefined;
  readonly change: ChangeTrace;
  readonly takeBoth: ReactNode;
}

/** It is a part of a page, not all of it. */
const STYLE: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': '40vh' };

/** Stacks are put together anew once a drag has come to rest. */
const SETTLED_MS = 120;

/** The viewer of profiles, about the time that is selected in the trace; a time chosen in it is selected in the trace. */
export function CpuCalls({ trace, capture, change, takeBoth, ...props }: CpuCallsProps) {
  const selection = useSettled(props.selection, SETTLED_MS);
  const { cpu: words } = useTraceWords();
  const [viewer, setViewer] = useState<ViewerState>(INITIAL_STATE);
  const [times, setTimes] = useState<CpuTimes>();
  const range = useMemo(() => times && rangeOf(trace, selection, times), [trace, selection, times]);
  // All of it is no choice, and needs no word.
  const chosen = range && times && toChoice(range, times.totalMicros);
  const shown = useMemo(() => ({ ...viewer, time: { ...viewer.time, chosen } }), [viewer, chosen]);
  const { loading, askLines, connect, retry } = useProfile(capture.source, useViewChoice(shown));
  const found = loading.state === 'ready' ? timesOf(loading.profile) : undefined;
  if (found?.firstSampleMicros !== times?.firstSampleMicros) setTimes(found);
  const changeViewer = useCallback<ChangeState>(
    (part) => {
      const next = typeof part === 'function' ? part(shown) : part;
      setViewer((before) => ({ ...before, ...next }));
      if (next.time === undefined || next.time.chosen === shown.time.chosen || times === undefined) return;
      change({ selection: next.time.chosen && toTraceSelection(trace, times, next.time.chosen) });
    },
    [shown, trace, times, change],
  );
  if (loading.state === 'loading')
    return <LoadingProgress source={capture.source} receivedBytes={loading.receivedBytes} />;
  if (loading.state === 'failed')
    return <LoadingFailed source={capture.source} failure={loading.failure} retry={retry} />;
  if (found === undefined) return <p className="pt-1.5 text-muted">{words.withoutTimes}</p>;
  if (range === undefined)
    return (
      <div className="flex flex-wrap items-center gap-3 pt-1.5">
        <p className="text-muted">
          {selection ? words.notThen(...timesInTrace(trace, found)) : words.notAtOnce}
        </p>
        {takeBoth}
      </div>
    );
  const { tree } = loading.view;
  return (
    <div style={STYLE} className="flame-viewer pt-1.5">
      <div className="flex flex-wrap items-center gap-3 pb-1.5 text-sm">
        <p className="figures">{words.covered(...timesInTrace(trace, found))}</p>
        {capture.path !== undefined && (
          <Link href={`${capture.path}?${queryOf(range)}`} className="underline">
            {words.open}
          </Link>
        )}
      </div>
      {tree.total[0] === 0 && tree.totalCount[0] === 0 ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-muted">{words.idle}</p>
          {!viewer.includeIdle && (
            <Button small onClick={() => changeViewer({ includeIdle: true })}>
              {words.includeIdle}
            </Button>
          )}
        </div>
      ) : (
        <OpenedProfileView
          source={capture.source}
          profile={loading.profile}
          askLines={askLines}
          fileName={capture.source.fileName}
          view={loading.view}
          state={shown}
          change={changeViewer}
          connect={connect}
        />
      )}
    </div>
  );
}

function timesOf({ firstSampleMicros, totalMicros }: OpenedProfile): CpuTimes | undefined {
  if (firstSampleMicros === undefined || totalMicros === undefined) return undefined;
  return { firstSampleMicros, totalMicros };
}

function rangeOf(trace: Trace, selection: Selection | undefined, times: CpuTimes): TimeRange | undefined {
  const { startMicros, endMicros } = timesOfSelection(trace, selection);
  return toCpuRange(times, startMicros, endMicros);
}

/** When the profile began and ended, since the trace began. */
function timesInTrace({ startMicros }: Trace, times: CpuTimes): [fromMicros: number, toMicros: number] {
  const from = times.firstSampleMicros - startMicros;
  return [from, from + times.totalMicros];
}

function toTraceSelection({ startMicros, endMicros }: Trace, times: CpuTimes, range: TimeRange) {
  const { fromMicros, toMicros } = fromCpuRange(times, range);
  return toSelection(fromMicros - startMicros, toMicros - startMicros, endMicros - startMicros);
}

/** The address of the profile's own page, with the same time chosen. */
function queryOf(chosen: TimeRange): string {
  const state = { ...INITIAL_STATE, time: { ...INITIAL_TIME, chosen } };
  return writeViewerState(state, new URLSearchParams()).toString();
}
