import type { Action, ActionPart } from '#contract';
import type { Formats } from '../_format/formats.ts';
import type { Messages } from '../_messages/catalogue.ts';
import { hasEnded, whereOf } from './progress.ts';

/** What an action is doing, or what came of it. */
export function actionSentence(action: Action, nowMs: number, t: Messages, f: Formats): string {
  const words = t.action.sentence;
  const title = t.action.titleOf(action.title, whereOf(action.parts, t.action.instances));
  const { status } = action;
  switch (status.state) {
    case 'starting':
      return words.starting(title);
    case 'running':
      return runningSentence(action.parts, title, nowMs, t, f);
    case 'asking':
      return words.asking(title);
    case 'cancelling':
      return words.cancelling(title);
    case 'succeeded':
    case 'partial':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return words[status.state](title);
  }
}

/** An instance that cannot be reached is what one has to know first; one that is at work says itself what it does. */
function runningSentence(
  parts: readonly ActionPart[],
  title: string,
  nowMs: number,
  t: Messages,
  f: Formats,
): string {
  const words = t.action.sentence;
  for (const { status, instanceName } of parts) {
    if (status.state !== 'interrupted') continue;
    const leftMs = Date.parse(status.givesUpAt) - nowMs;
    return leftMs <= 0
      ? words.interruptedOver(title, instanceName)
      : words.interrupted(title, instanceName, f.duration(Math.ceil(leftMs / 1000)));
  }
  const running = parts.flatMap(({ status }) => (status.state === 'running' ? [status] : []));
  if (parts.length > 1)
    return words.runningSomewhere(title, running.length, parts.filter(hasEnded).length, parts.length);
  const [only] = running;
  return only === undefined || only.message === ''
    ? words.begun(title)
    : words.running(title, asSentence(only.message));
}

/** The service's own words, closed like a sentence. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
