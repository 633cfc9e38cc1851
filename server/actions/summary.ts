import type { ActionPart } from '../http/contract/index.ts';
import type { ActionChange, ActionEndState } from './action-state.ts';

/** What an action that is over on every instance amounts to. Nothing is called a success that is not one everywhere. */
export function summarize(parts: readonly ActionPart[]): Extract<ActionChange, { kind: 'ended' }> {
  const state = toState(new Set(parts.map(({ status }) => status.state)));
  const [only] = parts;
  if (parts.length === 1 && only && 'message' in only.status) {
    return { kind: 'ended', state, message: only.status.message };
  }
  const counts = WORDS.flatMap(([name, word]) => {
    const count = parts.filter(({ status }) => status.state === name).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return { kind: 'ended', state, message: `Of ${parts.length} instances: ${counts.join(', ')}.` };
}

function toState(states: ReadonlySet<string>): ActionEndState {
  if (states.has('unknown')) return 'unknown';
  const [only] = states;
  if (states.size === 1 && WORDS.some(([name]) => name === only)) return only as ActionEndState;
  return 'partial';
}

const WORDS: readonly (readonly [ActionEndState, string])[] = [
  ['succeeded', 'succeeded'],
  ['partial', 'did it in part'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled it'],
  ['unknown', 'cannot say'],
];
