import { describe, expect, it } from 'vitest';
import { type AgentEvent, type AgentState, nextAgentState } from './agent-state.ts';

const states: AgentState[] = [
  { state: 'starting' },
  { state: 'connecting' },
  { state: 'registered', agentAddress: '127.0.0.1:1' },
  { state: 'away', reason: 'gone' },
  { state: 'refused', code: 'token-refused', reason: 'no' },
  { state: 'stopped' },
];

const events: [AgentEvent, AgentState['state']][] = [
  [{ type: 'link', link: { state: 'connecting' } }, 'connecting'],
  [{ type: 'link', link: { state: 'registered', agentAddress: '127.0.0.1:2' } }, 'registered'],
  [{ type: 'link', link: { state: 'away', reason: 'lost' } }, 'away'],
  [{ type: 'link', link: { state: 'refused', code: 'refused-by-server', reason: 'no' } }, 'refused'],
  [{ type: 'thread-lost', reason: 'crashed' }, 'away'],
  [{ type: 'thread-started' }, 'starting'],
  [{ type: 'refuse', code: 'invalid-options', reason: 'bad' }, 'refused'],
  [{ type: 'stopped' }, 'stopped'],
];

const table = states.flatMap((state) =>
  events.map(([event, expected]) => ({
    from: state.state,
    event: event.type === 'link' ? `link ${event.link.state}` : event.type,
    to: state.state === 'stopped' ? 'stopped' : expected,
    state,
    given: event,
  })),
);

describe('the state of the agent', () => {
  it.each(table)('$from, on $event, becomes $to', ({ state, given, to }) => {
    expect(nextAgentState(state, given).state).toBe(to);
  });

  it('does not change when the same is said again', () => {
    const away: AgentState = { state: 'away', reason: 'gone' };
    expect(nextAgentState(away, { type: 'link', link: { state: 'away', reason: 'gone' } })).toBe(away);
  });
});
