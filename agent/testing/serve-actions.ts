import type { Action, ActionRun } from '../src/host/actions/action.ts';
import { AgentClient } from './agent-client.ts';
import { action, previewOf, type success, target } from './test-actions.ts';
import { listenForTest } from './test-endpoint.ts';
import type { TestMainThread } from './test-main-thread.ts';
import { testToken } from './test-registry.ts';

export interface ServedActions extends AsyncDisposable {
  client: AgentClient;
  service: TestMainThread;
}

/** The agent's real endpoint with a service behind it that offers these actions, and a client of it. */
export async function serveActions(...actions: Action[]): Promise<ServedActions> {
  const endpoint = await listenForTest([], testToken);
  for (const offered of actions) {
    const { refusedReason } = endpoint.service.operations.actions.register(offered);
    if (refusedReason !== undefined) throw new Error(refusedReason);
  }
  const client = new AgentClient(endpoint.address, testToken);
  return {
    client,
    service: endpoint.service,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await endpoint[Symbol.asyncDispose]();
    },
  };
}

/** An action that begins, and then does what the test wants when it wants it. */
export function manualAction(parts: Partial<Action> = {}) {
  let begun: (run: ActionRun) => void = () => {};
  const started = new Promise<ActionRun>((resolve) => {
    begun = resolve;
  });
  let finish: (result: unknown) => void = () => {};
  const result = new Promise<unknown>((resolve) => {
    finish = resolve;
  });
  const calls = { preview: 0, run: 0 };
  const offered = action({
    preview: () => {
      calls.preview += 1;
      return previewOf([target('a')]);
    },
    run: (run) => {
      calls.run += 1;
      begun(run);
      return result as Promise<typeof success>;
    },
    ...parts,
  });
  return { offered, started, finish, calls };
}

/** An order that confirms what `manualAction` touches. */
export const order = { key: 'key-1', type: 'pool.flush', confirmed: ['a'] };
