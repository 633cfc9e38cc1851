import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';
import { Metadata, type ServerWritableStream, status } from '@grpc/grpc-js';
import {
  ActionEnd_State,
  ActionTarget_Effect,
  ActionTargetOutcome_Outcome,
  type ActionTargetSchema,
  type CancelActionRequest,
  CancelActionResponseSchema,
  type PreviewActionRequest,
  type PreviewActionResponse,
  PreviewActionResponseSchema,
  type RunActionRequest,
  type RunActionResponse,
} from '#proto/gen/opscenter/v1/action_pb.ts';
import { ScriptedRun } from './scripted-run.ts';

export type RunCall = ServerWritableStream<RunActionRequest, RunActionResponse>;

/** A refusal as an agent makes it: a gRPC status with the agent's own word beside it. */
export function refusal(code: status, word: string, details: string): Error {
  const metadata = new Metadata();
  metadata.set('opscenter-error', word);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** The actions of a scripted agent, over a pool of two stale connections and a healthy one. */
export class ScriptedActions {
  targets: MessageInitShape<typeof ActionTargetSchema>[] = [
    { id: 'c1', name: 'connection 1', reason: 'Its peer is gone.', players: 2n, effect: TOUCHED },
    { id: 'c2', name: 'connection 2', reason: 'Its peer is gone.', players: 1n, effect: TOUCHED },
    { id: 'c3', name: 'connection 3', reason: 'It answered.', effect: ActionTarget_Effect.KEPT },
  ];
  playersDisconnected = 0n;
  /** While set, a new run goes on until the test ends it. */
  isHeld = false;
  /** While set, previews and runs are refused with it. */
  refusal: Error | undefined;
  /** By idempotency key. */
  readonly runs = new Map<string, ScriptedRun>();
  /** Ids of the targets that were touched, in order: one that is there twice was touched twice. */
  readonly effects: string[] = [];
  #highestEpoch = 0n;

  /** @throws what it is refused with */
  preview(_request: PreviewActionRequest): PreviewActionResponse {
    if (this.refusal) throw this.refusal;
    const touched = this.#touched();
    return create(PreviewActionResponseSchema, {
      computedAt: timestampNow(),
      targets: this.targets,
      playersAffected: touched.reduce((sum, { players = 0n }) => sum + players, 0n),
      playersDisconnected: this.playersDisconnected,
      irreversible: 'A closed connection stays closed.',
    });
  }

  run(call: RunCall): void {
    try {
      this.#follow(call, this.runs.get(call.request.idempotencyKey) ?? this.#start(call.request));
    } catch (error) {
      call.emit('error', error);
    }
  }

  cancel({ idempotencyKey }: CancelActionRequest) {
    const run = this.runs.get(idempotencyKey);
    if (!run) throw refusal(status.NOT_FOUND, 'unknown-run', 'There is no such run.');
    if (!run.isOver) run.end(ActionEnd_State.CANCELLED, 'It was taken back.');
    return create(CancelActionResponseSchema, {});
  }

  #start(request: RunActionRequest): ScriptedRun {
    if (request.attachOnly) throw refusal(status.NOT_FOUND, 'unknown-run', 'There is no such run.');
    if (request.epoch < this.#highestEpoch) {
      throw refusal(status.FAILED_PRECONDITION, 'epoch-superseded', 'A newer server was here.');
    }
    this.#highestEpoch = request.epoch;
    if (this.refusal) throw this.refusal;
    const confirmed = new Set(request.confirmedTargetIds);
    if (this.#touched().some(({ id = '' }) => !confirmed.has(id))) {
      throw refusal(
        status.FAILED_PRECONDITION,
        'preview-outgrown',
        'There is more to touch than was confirmed.',
      );
    }
    const run = new ScriptedRun(request);
    this.runs.set(request.idempotencyKey, run);
    run.step('fencing', 'No new request gets them.');
    if (!this.isHeld) this.complete(run);
    return run;
  }

  /** Touches what was confirmed and ends the run well. */
  complete(run: ScriptedRun): void {
    run.step('closing', 'They are being closed.');
    for (const targetId of run.request.confirmedTargetIds) {
      const isThere = this.#touched().some(({ id }) => id === targetId);
      if (isThere) this.effects.push(targetId);
      run.say({
        case: 'target',
        value: {
          targetId,
          outcome: isThere ? ActionTargetOutcome_Outcome.DONE : ActionTargetOutcome_Outcome.KEPT,
          message: isThere ? 'It is closed.' : 'It was gone already.',
        },
      });
    }
    this.targets = this.targets.filter(({ effect }) => effect !== TOUCHED);
    run.end();
  }

  #follow(call: RunCall, run: ScriptedRun): void {
    const say = (message: RunActionResponse) => {
      if (call.cancelled || call.destroyed) return;
      call.write(message);
      if (message.event.case === 'end') call.end();
    };
    for (const message of run.events) say(message);
    run.on('said', say);
    const leave = () => run.off('said', say);
    call.on('cancelled', leave).on('close', leave);
  }

  #touched() {
    return this.targets.filter(({ effect }) => effect === TOUCHED);
  }
}

const TOUCHED = ActionTarget_Effect.TOUCHED;
