import type { ServiceError, status } from '@grpc/grpc-js';
import type { RunActionResponse } from '../../proto/gen/opscenter/v1/action_pb.ts';
import type { Action, ActionPreview, ActionResult, ActionTarget } from '../src/host/actions/action.ts';
import type { RunStream } from './agent-client.ts';

/** What a service of the tests would do to the targets, unless the test says otherwise. */
export function previewOf(targets: readonly ActionTarget[]): ActionPreview {
  return { targets, playersAffected: 2, playersDisconnected: 0, irreversible: 'Nothing.' };
}

export function target(id: string, effect?: ActionTarget['effect']): ActionTarget {
  return { id, name: `Connection ${id}`, reason: 'Its peer is gone.', players: 1, effect };
}

export const success: ActionResult = {
  state: 'succeeded',
  message: 'It is done.',
  playersAffected: 2,
  playersDisconnected: 0,
  checks: [{ name: 'closed', passed: true, detail: 'No socket is left.' }],
};

export function action(parts: Partial<Action> = {}): Action {
  return {
    type: 'pool.flush',
    title: 'Flush',
    description: 'Closes stale connections.',
    parametersSchema: { type: 'object' },
    preview: () => previewOf([target('a')]),
    run: async () => success,
    ...parts,
  };
}

/** The events in a form that a test can read: `step fencing`, `done a`, `waiting 2`, `end SUCCEEDED`. */
export function lines(events: readonly RunActionResponse[]): string[] {
  return events.map(lineOf);
}

export function lineOf({ event }: RunActionResponse): string {
  switch (event.case) {
    case 'step':
      return `step ${event.value.phase}`;
    case 'target':
      return `${['?', 'done', 'kept', 'failed'][event.value.outcome]} ${event.value.targetId}`;
    case 'waiting':
      return `waiting ${event.value.targets.length}`;
    case 'end':
      return `end ${['?', 'succeeded', 'partial', 'failed', 'cancelled'][event.value.state]}`;
    default:
      return 'nothing';
  }
}

/** Resolves when the stream has told this line; every event so far is lost to other readers. */
export async function untilLine(stream: RunStream, line: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const hear = (event: RunActionResponse) => {
      if (lineOf(event) !== line) return;
      stream.off('data', hear);
      resolve();
    };
    stream.on('data', hear);
    stream.once('error', reject);
    stream.once('end', () => reject(new Error(`the run ended without ${line}`)));
  });
}

/** The status and the agent's word with which the call is refused. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ code: status; word: unknown; sentence: string }> {
  const error = await work.then(
    () => {
      throw new Error('the call went well');
    },
    (reason: ServiceError) => reason,
  );
  return { code: error.code, word: error.metadata?.get('opscenter-error')[0], sentence: error.details };
}
