import type { AgentHandle } from './host/agent-handle.ts';
import { AgentHost } from './host/agent-host.ts';
import type { AgentOptions } from './host/agent-options.ts';

export { type AgentErrorCode, agentErrorCodes } from './errors.ts';
export {
  type Action,
  type ActionPreview,
  ActionRefused,
  type ActionResult,
  type ActionRun,
  type ActionTarget,
} from './host/actions/action.ts';
export type { AgentHandle } from './host/agent-handle.ts';
export type { AgentOptions } from './host/agent-options.ts';
export type { AgentState } from './host/agent-state.ts';
export type {
  QueueEntry,
  TrackedLock,
  TrackedLockOptions,
  TrackedPoolOptions,
  TrackedQueue,
  Turn,
} from './host/locks/tracked.ts';
export type { Registration, Subscription } from './host/registration.ts';
export type {
  Finding,
  Measure,
  Measures,
  Resource,
  ResourceItem,
  ResourceReport,
} from './host/resources/resource.ts';

/** Across copies of this package, ESM and CommonJS, a process has one agent. */
const key = Symbol.for('opscenter.agent');

/**
 * Starts the agent of this process, or returns the one that runs. Never throws, never prints, never keeps the process
 * alive: what is wrong is in the handle's state.
 */
export function startAgent(options: AgentOptions = {}): AgentHandle {
  const globals = globalThis as { [key]?: AgentHost };
  const running = globals[key];
  if (running && !running.isOver) return running;
  const agent = new AgentHost(options ?? {});
  globals[key] = agent;
  return agent;
}
