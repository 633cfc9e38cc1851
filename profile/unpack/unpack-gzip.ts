import { ProfileSyntaxError } from '../errors.ts';

/**
 * Unpacks gzip (RFC 1952) as it arrives, by the web's own `DecompressionStream`, which browsers and Node.js have alike. It
 * holds a piece at a time: however much comes out, the reader that it is for decides when it was too much.
 *
 * @throws ProfileSyntaxError for bytes that are no gzip or end too early; what `packed` throws, as it threw it
 */
export async function* unpackGzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = new DecompressionStream('gzip');
  const feeding = new Feeding(packed, gunzip.writable.getWriter());
  const unpacked = gunzip.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await unpacked.read();
      if (done) return;
      yield value;
    }
  } catch {
    await feeding.ended;
    if (feeding.failure !== undefined) throw feeding.failure.error;
    throw new ProfileSyntaxError('it does not unpack as gzip', feeding.fedBytes);
  } finally {
    feeding.stop();
    await unpacked.cancel().catch(() => {});
  }
}

/** Pours the packed bytes in at the speed at which they come out. */
class Feeding {
  fedBytes = 0;
  /** What the source threw. */
  failure: { readonly error: unknown } | undefined;
  readonly ended: Promise<void>;
  #isStopped = false;

  constructor(packed: AsyncIterable<Uint8Array>, writer: WritableStreamDefaultWriter<BufferSource>) {
    // What goes wrong inside is told by the end that is read from.
    writer.closed.catch(() => {});
    this.ended = this.#feed(packed, writer).catch(() => {});
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #feed(
    packed: AsyncIterable<Uint8Array>,
    writer: WritableStreamDefaultWriter<BufferSource>,
  ): Promise<void> {
    const chunks = packed[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.#next(chunks, writer);
        if (next === undefined || this.#isStopped) break;
        await writer.write(next as Uint8Array<ArrayBuffer>);
        this.fedBytes += next.length;
      }
      if (!this.#isStopped) await writer.close();
    } finally {
      await chunks.return?.();
    }
  }

  async #next(
    chunks: AsyncIterator<Uint8Array>,
    writer: WritableStreamDefaultWriter<BufferSource>,
  ): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await chunks.next();
      return done === true ? undefined : value;
    } catch (error) {
      this.failure = { error };
      await writer.abort(error);
      throw error;
    }
  }
}
