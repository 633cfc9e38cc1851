// Compiled, not run, by the test that a TypeScript service finds the types of the packed agent.
import { type AgentHandle, type AgentState, type Resource, startAgent } from '@opscenter/agent';
import '@opscenter/agent/register';

const pool: Resource = { id: 'pool', kind: 'pool', name: 'Pool', read: () => ({ size: 1 }) };
const agent: AgentHandle = startAgent({ service: 'typed', labels: { tier: 'game' } });
const { refusedReason } = agent.registerResource(pool);
const address = (state: AgentState) => (state.state === 'registered' ? state.agentAddress : refusedReason);
agent.onStateChange((state) => void address(state));

// @ts-expect-error: the types are there, and not just `any`.
startAgent({ service: 7 });
