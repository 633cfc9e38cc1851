'use client';

import { memo } from 'react';
import type { ActionPreview, ActionPreviewPart } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import { asSentence } from './sentence.ts';
import { TargetTable } from './target-table.tsx';
import { splitTargets } from './targets.ts';

/** What would happen: players first, then exactly what is touched and why, then what cannot be undone. */
export const PreviewView = memo(function PreviewView({ preview }: { preview: ActionPreview }) {
  const { t } = useWords();
  const words = t.action.dialog;
  const able = preview.parts.filter(({ refusal }) => refusal === null);
  return (
    <>
      {able.length > 0 && <Players preview={preview} />}
      {preview.warnings.map((warning) => (
        <p key={warning} className="border-l-2 border-attention bg-attention-surface px-3 py-2">
          {asSentence(warning)}
        </p>
      ))}
      {preview.parts.map(
        ({ instanceId, instanceName, refusal }) =>
          refusal !== null && (
            <p
              key={instanceId}
              className="border-l-2 border-attention bg-attention-surface px-3 py-2"
              data-refusal={refusal.code}
            >
              {(able.length > 0 ? words.leftOut : words.refused)(instanceName, asSentence(refusal.message))}
            </p>
          ),
      )}
      {able.map((part) => (
        <Part key={part.instanceId} part={part} isNamed={preview.parts.length > 1} />
      ))}
      {able.length > 0 && (
        <>
          {preview.irreversible !== '' && (
            <section>
              <h3 className="text-sm text-muted">{words.irreversible}</h3>
              <p>{asSentence(preview.irreversible)}</p>
            </section>
          )}
          <Time preview={preview} />
        </>
      )}
    </>
  );
});

function Players({ preview: { playersAffected, playersDisconnected } }: { preview: ActionPreview }) {
  const { t } = useWords();
  const words = t.action.dialog;
  return (
    <section aria-live="polite">
      <h3 className="text-sm text-muted">{words.players}</h3>
      <p
        className={classNames('text-lg font-semibold', playersDisconnected > 0 && 'text-bad')}
        data-players={playersDisconnected}
      >
        {playersDisconnected > 0
          ? playersAffected > playersDisconnected
            ? words.playersDisconnectedOf(playersDisconnected, playersAffected)
            : words.playersDisconnected(playersDisconnected)
          : playersAffected > 0
            ? words.playersAffected(playersAffected)
            : words.playersNone}
      </p>
    </section>
  );
}

function Part({ part, isNamed }: { part: ActionPreviewPart; isNamed: boolean }) {
  const { t } = useWords();
  const words = t.action.dialog;
  const { touched, awaited, kept } = splitTargets(part);
  const isNothing = touched.length === 0 && awaited.length === 0;
  return (
    <section aria-label={part.instanceName}>
      <h3 className="text-sm text-muted">
        {isNamed && <span className="mr-2 text-base font-medium text-text">{part.instanceName}</span>}
        {isNothing ? words.touchedNone : touched.length > 0 ? words.touched(touched.length) : null}
        {touched.length === 0 && awaited.length > 0 && words.awaited(awaited.length)}
      </h3>
      {touched.length > 0 && <TargetTable caption={words.touchedCaption(part.instanceName)} rows={touched} />}
      {awaited.length > 0 && (
        <>
          {touched.length > 0 && <h3 className="mt-2 text-sm text-muted">{words.awaited(awaited.length)}</h3>}
          <TargetTable caption={words.awaitedCaption(part.instanceName)} rows={awaited} />
        </>
      )}
      {kept.length > 0 && (
        <details className="mt-1.5">
          <summary className="text-muted">{words.kept(kept.length)}</summary>
          <TargetTable caption={words.keptCaption(part.instanceName)} rows={kept} />
        </details>
      )}
    </section>
  );
}

function Time({ preview }: { preview: ActionPreview }) {
  const { t, f } = useWords();
  const words = t.action.dialog;
  const estimates = preview.parts
    .filter(({ refusal }) => refusal === null)
    .map(({ estimatedSeconds }) => estimatedSeconds);
  const known = estimates.filter((seconds) => seconds !== null);
  return (
    <p className="text-muted">
      {known.length === estimates.length && known.length > 0
        ? words.estimate(f.duration(Math.max(...known)))
        : words.estimateUnknown}{' '}
      {words.deadline(f.duration(preview.deadlineSeconds))}
    </p>
  );
}
