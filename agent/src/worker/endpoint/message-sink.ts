import type { ServerWritableStream } from '@grpc/grpc-js';

/** The reader of a stream has left; nothing more is to be sent. */
export class ReaderGone extends Error {
  constructor() {
    super('The reader has left the stream.');
    this.name = 'ReaderGone';
  }
}

/** A response stream that makes its writer wait while the reader is slow. */
export class MessageSink<Message> {
  readonly #call: ServerWritableStream<unknown, Message | Buffer>;
  /** Aborted when the reader leaves, whatever the writer is waiting for. */
  readonly gone: AbortSignal;

  constructor(call: ServerWritableStream<unknown, Message | Buffer>) {
    this.#call = call;
    const controller = new AbortController();
    this.gone = controller.signal;
    const leave = () => controller.abort(new ReaderGone());
    call.once('cancelled', leave);
    call.once('close', leave);
    if (call.cancelled || call.destroyed) leave();
  }

  /** True while the reader is behind. */
  get isFull(): boolean {
    return this.#call.writableNeedDrain;
  }

  /**
   * Takes a message, already encoded or not, and resolves when there is room for another.
   *
   * @throws {ReaderGone}
   */
  async send(message: Message | Buffer): Promise<void> {
    if (!this.offer(message)) await this.#drained();
  }

  /** As `send`, but tells by its result whether there is room instead of waiting. */
  offer(message: Message | Buffer): boolean {
    this.gone.throwIfAborted();
    return this.#call.write(message);
  }

  /**
   * Hands over messages that are encoded, and resolves when the stream has copied the last of them: the memory they
   * lie in is the caller's again.
   *
   * @throws {ReaderGone}
   */
  async sendAll(messages: readonly Buffer[]): Promise<void> {
    this.gone.throwIfAborted();
    const last = messages.at(-1);
    if (!last) return;
    for (const message of messages.slice(0, -1)) this.#call.write(message);
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(this.gone.reason);
      this.gone.addEventListener('abort', leave, { once: true });
      // For a stream that was cancelled the callback never comes.
      this.#call.write(last, () => {
        this.gone.removeEventListener('abort', leave);
        resolve();
      });
    });
  }

  end(): void {
    this.#call.end();
  }

  /** 'drain' never comes for a stream that was cancelled while it was full: whichever comes first, and both let go. */
  #drained(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#call.off('drain', settle);
        this.gone.removeEventListener('abort', settle);
        if (this.gone.aborted) reject(this.gone.reason);
        else resolve();
      };
      this.#call.on('drain', settle);
      this.gone.addEventListener('abort', settle);
      if (this.gone.aborted) settle();
    });
  }
}
