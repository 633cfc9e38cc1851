import { EventEmitter } from 'node:events';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';
import {
  ActionEnd_State,
  type RunActionRequest,
  type RunActionResponse,
  RunActionResponseSchema,
} from '#proto/gen/opscenter/v1/action_pb.ts';

export type RunEvent = MessageInitShape<typeof RunActionResponseSchema>['event'];

/** An action under way in a scripted agent. What it said is kept, for whoever attaches later. */
export class ScriptedRun extends EventEmitter<{ said: [RunActionResponse] }> {
  readonly request: RunActionRequest;
  readonly events: RunActionResponse[] = [];
  isOver = false;

  constructor(request: RunActionRequest) {
    super();
    this.setMaxListeners(0);
    this.request = request;
  }

  say(event: RunEvent): this {
    const message = create(RunActionResponseSchema, { at: timestampNow(), event } as never);
    this.events.push(message);
    this.isOver = event?.case === 'end';
    this.emit('said', message);
    return this;
  }

  step(phase: string, message: string = phase): this {
    return this.say({ case: 'step', value: { phase, message } });
  }

  end(state: ActionEnd_State = ActionEnd_State.SUCCEEDED, message = 'It is done.'): this {
    const checks = [{ name: 'sockets', passed: true, detail: 'None is open any more.' }];
    return this.say({ case: 'end', value: { state, message, playersAffected: 3n, checks } });
  }
}
