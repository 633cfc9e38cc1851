import type { AgentErrorCode } from '../errors.ts';
import type { LinkState } from '../thread-contract.ts';

/** How the agent stands, as the service can observe it. */
export type AgentState =
  /** Its thread is coming up. */
  | { readonly state: 'starting' }
  /** It is registering at the server. */
  | { readonly state: 'connecting' }
  | { readonly state: 'registered'; readonly agentAddress: string }
  /** The server, or the agent's own thread, is gone for now; it tries again by itself. */
  | { readonly state: 'away'; readonly reason: string }
  /** It may not run as it is set up. */
  | { readonly state: 'refused'; readonly code: AgentErrorCode; readonly reason: string }
  | { readonly state: 'stopped' };

export type AgentEvent =
  | { type: 'link'; link: LinkState }
  | { type: 'thread-lost'; reason: string }
  | { type: 'thread-started' }
  | { type: 'refuse'; code: AgentErrorCode; reason: string }
  | { type: 'stopped' };

/** `stopped` is final; everything else may follow everything else. The same again is no change: the same object. */
export function nextAgentState(current: AgentState, event: AgentEvent): AgentState {
  if (current.state === 'stopped') return current;
  const next = stateAfter(event);
  return JSON.stringify(next) === JSON.stringify(current) ? current : next;
}

function stateAfter(event: AgentEvent): AgentState {
  switch (event.type) {
    case 'link':
      return event.link;
    case 'thread-lost':
      return { state: 'away', reason: event.reason };
    case 'thread-started':
      return { state: 'starting' };
    case 'refuse':
      return { state: 'refused', code: event.code, reason: event.reason };
    case 'stopped':
      return { state: 'stopped' };
    default:
      return assertNever(event);
  }
}

function assertNever(event: never): never {
  throw new TypeError(`unexpected event ${JSON.stringify(event)}`);
}
