import type { Connection } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';

/** What can happen between the server and an instance's agent. */
export type ConnectionEvent =
  /** Discovery reported the instance, for the first time or again. */
  | { kind: 'announced' }
  /** The agent said who it is and sends vitals. */
  | { kind: 'answered' }
  | { kind: 'broke'; reason: string }
  /** Nothing was heard for longer than a beat or two. */
  | { kind: 'fell-silent'; reason: string }
  /** The agent is there and does not want us, or we do not want it. */
  | { kind: 'denied'; reason: string }
  | { kind: 'gone'; evidence: 'connection-refused' | 'silent'; reason: string }
  /** It said goodbye, or discovery withdrew it. */
  | { kind: 'left'; reason: string };

export const CONNECTION_EVENT_KINDS = [
  'announced',
  'answered',
  'broke',
  'fell-silent',
  'denied',
  'gone',
  'left',
] as const satisfies readonly ConnectionEvent['kind'][];

type State = Connection['state'];

/**
 * Where each event leads from each state. One interruption is not death: only `gone` leads there, and whoever
 * reports it has the evidence. A dead instance that answers again (SIGCONT) is the same instance.
 */
const transitions: Record<State, Record<ConnectionEvent['kind'], State>> = {
  connecting: {
    announced: 'connecting',
    answered: 'connected',
    broke: 'connecting',
    'fell-silent': 'connecting',
    denied: 'refused',
    gone: 'dead',
    left: 'stopped',
  },
  connected: {
    announced: 'connected',
    answered: 'connected',
    broke: 'interrupted',
    'fell-silent': 'interrupted',
    denied: 'refused',
    gone: 'dead',
    left: 'stopped',
  },
  interrupted: {
    announced: 'interrupted',
    answered: 'connected',
    broke: 'interrupted',
    'fell-silent': 'interrupted',
    denied: 'refused',
    gone: 'dead',
    left: 'stopped',
  },
  refused: {
    announced: 'connecting',
    answered: 'connected',
    broke: 'refused',
    'fell-silent': 'refused',
    denied: 'refused',
    gone: 'dead',
    left: 'stopped',
  },
  dead: {
    announced: 'connecting',
    answered: 'connected',
    broke: 'dead',
    'fell-silent': 'dead',
    denied: 'refused',
    gone: 'dead',
    left: 'stopped',
  },
  stopped: {
    announced: 'connecting',
    answered: 'stopped',
    broke: 'stopped',
    'fell-silent': 'stopped',
    denied: 'stopped',
    gone: 'stopped',
    left: 'stopped',
  },
};

/**
 * The state after the event: the very same object when nothing changed. Of one that was dead by its silence alone a refusal tells
 * more: its process is gone, and nothing that waits for it waits for anything.
 */
export function nextConnection(current: Connection, event: ConnectionEvent, nowMs: number): Connection {
  const state = transitions[current.state][event.kind];
  if (current.state === 'dead' && current.evidence === 'silent' && event.kind === 'gone') {
    const { evidence, reason } = event;
    return evidence === 'silent' ? current : { ...current, evidence, reason };
  }
  if (state === current.state) return current;
  const since = toInstant(nowMs);
  if (state === 'connecting' || state === 'connected') return { state, since };
  const reason = 'reason' in event ? event.reason : '';
  if (state !== 'dead') return { state, since, reason };
  return { state, since, evidence: event.kind === 'gone' ? event.evidence : 'silent', reason };
}

export function newConnection(nowMs: number): Connection {
  return { state: 'connecting', since: toInstant(nowMs) };
}
