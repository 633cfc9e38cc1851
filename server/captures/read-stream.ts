import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { toCallFailure, toText } from '../instances/index.ts';
import { CaptureFailure, StreamBroken } from './capture-failure.ts';

/** What a reader says to a message: go on, wait for a promise before the next one, or that all is there. */
export type Handled = 'more' | 'done' | Promise<void>;

/**
 * Reads a stream of the agent message by message. While the handler's promise is pending nothing is read, and
 * the sender is held back by gRPC. The stream is cancelled when this ends, however it ends.
 *
 * @throws StreamBroken when the stream ends or falls silent before the handler said `done`; CaptureFailure
 *   when the agent refuses; what the handler throws; the signal's reason
 */
export async function readStream<Message>(
  stream: ClientReadableStream<Message>,
  handle: (message: Message) => Handled,
  { silenceMs, signal }: { silenceMs: number; signal: AbortSignal },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const silent = () =>
    reject(new StreamBroken(`The agent sent nothing for ${Math.round(silenceMs / 1000)} s.`));
  let watchdog = setTimeout(silent, silenceMs);
  const abort = () => reject(signal.reason);
  stream.on('data', (message: Message) => {
    watchdog.refresh();
    try {
      const handled = handle(message);
      if (handled === 'done') resolve();
      if (typeof handled !== 'object') return;
      // It is us who are slow now.
      clearTimeout(watchdog);
      stream.pause();
      handled.then(() => {
        watchdog = setTimeout(silent, silenceMs);
        stream.resume();
      }, reject);
    } catch (error) {
      reject(error);
    }
  });
  stream.on('error', (error: ServiceError) => reject(toStreamError(error)));
  stream.on('end', () => reject(new StreamBroken('The agent ended the stream too early.')));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', abort);
    clearTimeout(watchdog);
    stream.cancel();
    // Nobody listens to what was on its way.
    stream.removeAllListeners('data');
    stream.resume();
  }
}

function toStreamError(error: ServiceError): Error {
  const { isTransient, message } = toCallFailure(error);
  const said = toText(message, 300);
  if (isTransient) return new StreamBroken(`The connection to the agent broke: ${said}.`);
  return new CaptureFailure('agent-refused', `The agent refused: ${said}`);
}
