import { create } from '@bufbuild/protobuf';
import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import {
  type CancelActionRequest,
  type CancelActionResponse,
  CancelActionResponseSchema,
  type PreviewActionRequest,
  type PreviewActionResponse,
  type RunActionRequest,
  type RunActionResponse,
} from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import type { ActionDesk } from '../actions/action-desk.ts';
import { previewMessage, runEventMessage } from './action-messages.ts';
import { MessageSink } from './message-sink.ts';

export async function previewAction(
  request: PreviewActionRequest,
  desk: ActionDesk,
): Promise<PreviewActionResponse> {
  return previewMessage(await desk.preview(request));
}

/** Begins or finds the run and tells it from its first event to its end. A reader that leaves ends nothing. */
export async function runAction(
  call: ServerWritableStream<RunActionRequest, RunActionResponse>,
  desk: ActionDesk,
): Promise<void> {
  const sink = new MessageSink(call);
  const run = await desk.run(call.request);
  // The caller knows now that it has begun: the first event may take its time.
  call.sendMetadata(new Metadata());
  let told = 0;
  for (;;) {
    for (const entry of run.entriesAfter(told)) {
      await sink.send(runEventMessage(entry));
      told = entry.sequence;
      if (entry.event.kind === 'end') return sink.end();
    }
    if (run.entriesAfter(told).length === 0) await run.nextChange(sink.gone);
    sink.gone.throwIfAborted();
  }
}

export function cancelAction(request: CancelActionRequest, desk: ActionDesk): CancelActionResponse {
  desk.cancel(request);
  return create(CancelActionResponseSchema);
}
