import type { ClientReadableStream } from '@grpc/grpc-js';
import type { RunActionResponse } from '#proto/gen/opscenter/v1/action_pb.ts';
import { LIMITS } from './limits.ts';
import { StreamBroken } from './part-failure.ts';

/**
 * Reads the events of a run until the handler answers with its end, which this answers in turn. More events than a
 * person could follow are left with the sender, by gRPC's own flow control. The stream is cancelled when this ends,
 * which ends nothing in the instance.
 *
 * @throws StreamBroken when the stream ends before; the stream's error; what the handler throws; the signal's reason
 */
export async function readRun<End>(
  stream: ClientReadableStream<RunActionResponse>,
  handle: (message: RunActionResponse) => End | undefined,
  signal: AbortSignal,
): Promise<End> {
  const { promise, resolve, reject } = Promise.withResolvers<End>();
  let thisSecond = 0;
  const pace = setInterval(() => {
    thisSecond = 0;
    if (stream.isPaused()) stream.resume();
  }, 1000);
  const abort = () => reject(signal.reason);
  stream.on('data', (message: RunActionResponse) => {
    if (++thisSecond >= LIMITS.messagesPerSecond) stream.pause();
    try {
      const end = handle(message);
      if (end !== undefined) resolve(end);
    } catch (error) {
      reject(error);
    }
  });
  stream.on('error', reject);
  stream.on('end', () => reject(new StreamBroken('The agent ended the stream before the action had ended.')));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await promise;
  } finally {
    clearInterval(pace);
    signal.removeEventListener('abort', abort);
    stream.cancel();
    // Nobody listens to what was on its way.
    stream.removeAllListeners('data');
    stream.resume();
  }
}
