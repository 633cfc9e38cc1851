'use client';

import type { Action, ActionPart } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { Section } from '../_ui/section.tsx';
import { ActionGlyph, stateTone } from './action-state.tsx';
import { fractionOf, hasEnded, isRunning, shareDone, targetProgress } from './progress.ts';
import { asSentence } from './sentence.ts';
import { TargetTable } from './target-table.tsx';
import { targetsOf, waitingBeyond } from './targets.ts';
import { useCountdown } from './use-countdown.ts';

/** The action on one instance: what it does, what it waits for, what became of each target, and how that was checked. */
export function PartView({ action, part, isAlone }: { action: Action; part: ActionPart; isAlone: boolean }) {
  const { t } = useWords();
  const words = t.action.page;
  const isOver = hasEnded(part) || !isRunning(action);
  const rows = targetsOf(action, part, isOver);
  return (
    <>
      {!isAlone && <PartState part={part} />}
      {!isOver && <UnderWay action={action} part={part} isAlone={isAlone} />}
      {part.checks.length > 0 && <Checks part={part} isAlone={isAlone} />}
      <Section title={isAlone ? words.targets : words.targetsOf(part.instanceName)}>
        {rows.length === 0 ? (
          <p className="py-2 text-muted">{words.noTargets}</p>
        ) : (
          <TargetTable caption={words.targetsOf(part.instanceName)} rows={rows} withOutcome />
        )}
      </Section>
    </>
  );
}

/** Where there are several, each says how it is. */
function PartState({ part }: { part: ActionPart }) {
  const { t } = useWords();
  const { status } = part;
  return (
    <div className="mt-6 flex flex-wrap items-baseline gap-x-3" data-part={part.instanceId}>
      <h2 className="text-lg font-semibold">{part.instanceName}</h2>
      <span className="flex items-center gap-2 self-center">
        <ActionGlyph state={status.state} />
        <span className={stateTone(status.state)}>{t.action.partStates[status.state]}</span>
      </span>
      {'message' in status && status.message !== '' && (
        <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{asSentence(status.message)}</span>
      )}
      {status.state === 'interrupted' && <span className="text-muted">{asSentence(status.reason)}</span>}
    </div>
  );
}

function UnderWay({ action, part, isAlone }: { action: Action; part: ActionPart; isAlone: boolean }) {
  const { t, f } = useWords();
  const words = t.action.page;
  const one = { parts: [part] };
  const { settled, all } = targetProgress(one);
  const now = useNow();
  const beyond = waitingBeyond(action, part);
  const left = useCountdown(part.remainingSeconds);
  return (
    <Section title={isAlone ? words.progressTitle : part.instanceName}>
      <div className="flex max-w-2xl items-center gap-4 py-2.5">
        <div className="flex-1">
          <ProgressBar
            label={words.progressLabel(t.action.titleOf(action.title, part.instanceName))}
            fraction={shareDone(fractionOf(one), (now - Date.parse(action.requestedAt)) / 1000, left)}
            halted={part.status.state === 'interrupted'}
          />
        </div>
        {all > 0 && <span className="figures text-muted">{words.progress(settled, all)}</span>}
        {part.waitingFor.length > 0 && (
          <span className="figures text-muted">{words.waitingFor(part.waitingFor.length)}</span>
        )}
        {left !== null && (
          <span className="figures text-right text-muted">
            {left < 1 ? words.remainingSoon : words.remaining(f.duration(Math.ceil(left)))}
          </span>
        )}
      </div>
      {isAlone && part.status.state === 'interrupted' && (
        <p className="text-attention">{asSentence(part.status.reason)}</p>
      )}
      {beyond.length > 0 && (
        <>
          <h3 className="pt-1 text-sm text-muted">{words.waitingBeyond(beyond.length)}</h3>
          <TargetTable caption={words.waitingCaption(part.instanceName)} rows={beyond} />
        </>
      )}
    </Section>
  );
}

function Checks({ part, isAlone }: { part: ActionPart; isAlone: boolean }) {
  const { t } = useWords();
  const words = t.action.page;
  return (
    <Section title={isAlone ? words.checks : `${words.checks} · ${part.instanceName}`}>
      <ul>
        {part.checks.map((check) => (
          <li
            key={check.name}
            className="flex items-start gap-2 border-b border-hairline py-1.5"
            data-check={check.passed ? 'passed' : 'failed'}
          >
            <span className="flex h-5 items-center">
              <ActionGlyph state={check.passed ? 'succeeded' : 'failed'} />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">{check.name}</span>{' '}
              <span className={classNames(check.passed ? 'text-muted' : 'text-bad')}>
                {check.passed ? words.checkPassed : words.checkFailed}
              </span>
              {check.detail !== '' && <span className="block text-muted">{asSentence(check.detail)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
