import { create } from '@bufbuild/protobuf';
import type { ServerWritableStream } from '@grpc/grpc-js';
import {
  type ChunkEncoding,
  type CollectPerformanceDataRequest,
  type CollectPerformanceDataResponse,
  CollectPerformanceDataResponseSchema,
  type ReadArtifactRequest,
  type ReadArtifactResponse,
  ReadArtifactResponseSchema,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureFailure, InvalidRequest } from '../../errors.ts';
import type { Capture } from '../captures/capture.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import { isRunning } from '../captures/capture-state.ts';
import {
  artifactInfoOf,
  doneOf,
  failedMessage,
  progressMessage,
  startedMessage,
} from './capture-messages.ts';
import { chunkFields } from './chunk-encoder.ts';
import { MessageSink } from './message-sink.ts';
import { sendChunks } from './send-chunks.ts';

const progressEveryMs = 1_000;
/** Recording begins within some 100 ms; a thread that takes longer is worth telling of. */
const firstProgressAfterMs = 500;

/** Starts or finds the capture, tells how it gets on, and sends what it left. */
export async function collectPerformanceData(
  call: ServerWritableStream<CollectPerformanceDataRequest, CollectPerformanceDataResponse>,
  desk: CaptureDesk,
): Promise<void> {
  const sink = new MessageSink(call);
  let capture: Capture;
  try {
    capture = desk.collect(call.request);
  } catch (error) {
    if (!(error instanceof CaptureFailure)) throw error;
    await sink.send(failedMessage(error.code, error.message));
    return sink.end();
  }
  using _held = capture.hold();
  await sink.send(startedMessage(capture));
  await followRecording(capture, sink);
  const { state } = capture;
  if (state.state === 'held') await sendArtifact(capture, call.request.acceptEncodings, sink);
  else if (state.state === 'failed') await sink.send(failedMessage(state.code, state.message));
  sink.end();
}

/** Sends progress at each change of phase and once a second. A slow reader gets the newest only. */
async function followRecording(
  capture: Capture,
  sink: MessageSink<CollectPerformanceDataResponse>,
): Promise<void> {
  let told = 'waiting';
  let waitMs = firstProgressAfterMs;
  while (isRunning(capture.state)) {
    // While the last message was on its way it may have changed.
    if (capture.state.state === told) await changeOrTimeout(capture, waitMs, sink.gone);
    if (!isRunning(capture.state)) return;
    const isStillWaiting = told === 'waiting' && capture.state.state === 'waiting';
    waitMs = isStillWaiting && waitMs < progressEveryMs ? progressEveryMs - waitMs : progressEveryMs;
    told = capture.state.state;
    await sink.send(progressMessage(capture));
  }
}

function changeOrTimeout(capture: Capture, limitMs: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      change[Symbol.dispose]();
      gone.removeEventListener('abort', settle);
      if (gone.aborted) reject(gone.reason);
      else resolve();
    };
    const timer = setTimeout(settle, limitMs);
    const change = capture.onChange(settle);
    gone.addEventListener('abort', settle, { once: true });
    if (gone.aborted) settle();
  });
}

async function sendArtifact(
  capture: Capture,
  acceptEncodings: readonly ChunkEncoding[],
  sink: MessageSink<CollectPerformanceDataResponse>,
): Promise<void> {
  const { state } = capture;
  const info = artifactInfoOf(capture);
  if (state.state !== 'held' || !info) return;
  const { artifact } = state;
  await sink.send(create(CollectPerformanceDataResponseSchema, { event: { case: 'artifact', value: info } }));
  const chunks = { offset: 0, chunkField: chunkFields.collectPerformanceData, acceptEncodings };
  await sendChunks(artifact, chunks, sink);
  await sink.send(
    create(CollectPerformanceDataResponseSchema, { event: { case: 'done', value: doneOf(artifact) } }),
  );
}

/** The artifact again, from an offset. */
export async function readArtifact(
  call: ServerWritableStream<ReadArtifactRequest, ReadArtifactResponse>,
  desk: CaptureDesk,
): Promise<void> {
  const { captureId, offset, acceptEncodings } = call.request;
  const { capture, artifact } = desk.getHeld(captureId);
  if (offset > BigInt(artifact.sizeBytes)) {
    throw new InvalidRequest(`offset must be at most the artifact's size, ${artifact.sizeBytes}.`);
  }
  using _held = capture.hold();
  const sink = new MessageSink(call);
  const info = artifactInfoOf(capture);
  if (info) await sink.send(create(ReadArtifactResponseSchema, { event: { case: 'artifact', value: info } }));
  const chunks = { offset: Number(offset), chunkField: chunkFields.readArtifact, acceptEncodings };
  await sendChunks(artifact, chunks, sink);
  await sink.send(create(ReadArtifactResponseSchema, { event: { case: 'done', value: doneOf(artifact) } }));
  sink.end();
}
