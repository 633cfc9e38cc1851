'use client';

import './viewer.css';
import { type CSSProperties, useEffect, useRef } from 'react';
import type { CallTree } from '#profile/index.ts';
import { Button } from '../_ui/button.tsx';
import { EmptyState } from '../_ui/states.tsx';
import { LoadingFailed } from './loading/loading-failed.tsx';
import { LoadingProgress } from './loading/loading-progress.tsx';
import { PartsProgress } from './loading/parts-progress.tsx';
import type { MergedView, OpenedProfile, ProfileSource } from './loading/protocol.ts';
import { useProfile } from './loading/use-profile.ts';
import { OpenedProfileView } from './opened-profile.tsx';
import { ThreadSwitch } from './state/thread-switch.tsx';
import { useTop } from './state/use-top.ts';
import { useViewChoice } from './state/use-view-choice.ts';
import { type ChangeState, useViewerState } from './state/use-viewer-state.ts';
import { ValueSwitch } from './state/value-switch.tsx';
import type { ViewerState } from './state/viewer-state.ts';
import { useViewerWords } from './use-viewer-words.ts';

interface ProfileViewerProps {
  readonly source: ProfileSource;
  /** Told what was opened, once it is there; the same function at every call. */
  onOpened?(profile: OpenedProfile): void;
}

/**
 * Shows the sampled profile that `source` leads to. It takes the width it is given and most of the window's height. To
 * be loaded in the browser alone: what is shown first is read from the address.
 */
export function ProfileViewer({ source, onOpened }: ProfileViewerProps) {
  const viewer = useViewerWords();
  const [state, change] = useViewerState();
  const choice = useViewChoice(state);
  const { loading, connect, retry, askLines } = useProfile(source, choice);
  const kind = source.from === 'file' ? undefined : source.kind;
  const opened = loading.state === 'ready' ? loading.profile : undefined;
  useEffect(() => {
    if (opened !== undefined) onOpened?.(opened);
  }, [opened, onOpened]);
  const section = useRef<HTMLElement>(null);
  const style: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': `${useTop(section)}px` };
  return (
    <section
      ref={section}
      style={style}
      aria-label={viewer.label(kind)}
      aria-busy={loading.state === 'loading'}
      className="flame-viewer flex flex-col px-4 py-2"
    >
      {loading.state === 'loading' && <Progress source={source} loading={loading} />}
      {loading.state === 'failed' && (
        <LoadingFailed source={source} failure={loading.failure} retry={retry} />
      )}
      {loading.state === 'ready' &&
        (isEmpty(loading.view.tree) ? (
          <NothingToShow {...{ profile: loading.profile, view: loading.view, kind, state, change }} />
        ) : (
          <OpenedProfileView
            profile={loading.profile}
            view={loading.view}
            {...{ source, state, change, connect, askLines }}
            fileName={source.fileName}
          />
        ))}
    </section>
  );
}

function Progress({
  source,
  loading,
}: {
  source: ProfileSource;
  loading: Extract<ReturnType<typeof useProfile>['loading'], { state: 'loading' }>;
}) {
  if (source.from !== 'several')
    return <LoadingProgress source={source} receivedBytes={loading.receivedBytes} />;
  const parts = source.parts.map(({ name, source: { sizeBytes } }, index) => ({
    name,
    sizeBytes,
    progress: loading.parts[index] ?? { state: 'waiting' as const },
  }));
  return <PartsProgress parts={parts} />;
}

function isEmpty({ total, totalCount }: CallTree): boolean {
  return total[0] === 0 && totalCount[0] === 0;
}

interface NothingToShowProps {
  readonly profile: OpenedProfile;
  readonly view: MergedView;
  /** Of the capture. */
  readonly kind: string | undefined;
  readonly state: ViewerState;
  readonly change: ChangeState;
}

/** Another thing that the profile measures may have something to show. */
function NothingToShow({ profile, view, kind, state, change }: NothingToShowProps) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <ThreadSwitch profile={profile} change={change} />
      <ValueSwitch
        valueTypes={profile.valueTypes}
        chosen={profile.valueTypes[view.valueType]}
        onChange={(valueType) => change({ valueType })}
      />
      {state.time.chosen !== undefined ? (
        <NothingInTime onShowWhole={() => change({ time: { ...state.time, chosen: undefined } })} />
      ) : state.transforms.length > 0 ? (
        <NothingLeft onTakeBack={() => change({ transforms: [] })} />
      ) : state.labels.length > 0 ? (
        <NothingWithLabels onShowAll={() => change({ labels: [] })} />
      ) : (
        <NothingAtAll profile={profile} kind={kind} onShowIdle={() => change({ includeIdle: true })} />
      )}
    </div>
  );
}

/** What was done to the stacks left none of them. */
function NothingLeft({ onTakeBack }: { onTakeBack(): void }) {
  const { empty, transforms } = useViewerWords();
  return (
    <EmptyState title={empty.leftOut}>
      <p>{empty.leftOutDetail}</p>
      <Button className="mt-3" onClick={onTakeBack}>
        {transforms.takeAllBack}
      </Button>
    </EmptyState>
  );
}

function NothingWithLabels({ onShowAll }: { onShowAll(): void }) {
  const { empty } = useViewerWords();
  return (
    <EmptyState title={empty.withLabels}>
      <p>{empty.withLabelsDetail}</p>
      <Button className="mt-3" onClick={onShowAll}>
        {empty.showAll}
      </Button>
    </EmptyState>
  );
}

function NothingInTime({ onShowWhole }: { onShowWhole(): void }) {
  const { empty } = useViewerWords();
  return (
    <EmptyState title={empty.inTime}>
      <p>{empty.inTimeDetail}</p>
      <Button className="mt-3" onClick={onShowWhole}>
        {empty.showWhole}
      </Button>
    </EmptyState>
  );
}

interface NothingAtAllProps {
  readonly profile: OpenedProfile;
  readonly kind: string | undefined;
  onShowIdle(): void;
}

function NothingAtAll({ profile, kind, onShowIdle }: NothingAtAllProps) {
  const { empty, value } = useViewerWords();
  const { title, detail } = empty.of(kind);
  if (profile.idleValue === 0) return <EmptyState title={title}>{detail}</EmptyState>;
  const idle = value(profile.idleValue, profile.valueTypes[profile.defaultValueType]?.unit ?? '');
  return (
    <EmptyState title={empty.onlyIdle}>
      <p>{empty.onlyIdleDetail(idle)}</p>
      <Button className="mt-3" onClick={onShowIdle}>
        {empty.showIdle}
      </Button>
    </EmptyState>
  );
}
