// Compiled, not run, by the test that a TypeScript service finds the types of the packed agent.
import {
  type Action,
  ActionRefused,
  type AgentHandle,
  type AgentState,
  type Resource,
  startAgent,
  type TrackedLock,
  type Turn,
} from '@opscenter/agent';
import '@opscenter/agent/register';

const pool: Resource = { id: 'pool', kind: 'pool', name: 'Pool', read: () => ({ size: 1 }) };
const agent: AgentHandle = startAgent({ service: 'typed', labels: { tier: 'game' } });
const flush: Action = {
  type: 'pool.flush',
  title: 'Flush',
  description: '',
  parametersSchema: { type: 'object' },
  preview: ({ game }) => {
    if (typeof game !== 'string') throw new ActionRefused('There is no such game.');
    return { targets: [], playersAffected: 0, playersDisconnected: 0, irreversible: '' };
  },
  run: async ({ confirmed, signal, step }) => {
    step('closing', `${confirmed.size} of them, ${signal.aborted}`);
    return { state: 'succeeded', message: '', playersAffected: 0, playersDisconnected: 0, checks: [] };
  },
};
agent.registerAction(flush);
const lock: TrackedLock = agent.trackPool({ id: 'pool:writers', name: 'Writers', capacity: 4 });
const turn: Turn = lock.waiting();
turn.acquired();
agent.trackQueue({ id: 'queue', name: 'Queue' }).enqueued().dequeued();
agent.followLocks({}).dispose();
const { refusedReason } = agent.registerResource(pool);
const address = (state: AgentState) => (state.state === 'registered' ? state.agentAddress : refusedReason);
agent.onStateChange((state) => void address(state));

// @ts-expect-error: the types are there, and not just `any`.
startAgent({ service: 7 });
