import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { ResourceFollower } from './resource-follower.ts';
import type { WaitRecorder } from './wait-recorder.ts';

/** What of Node's inside is looked at; anything else there leaves this follower without work. */
interface OpenSocket extends Socket {
  _handle?: { getAsyncId?(): number } | null;
  /** The server that has accepted it. */
  server?: unknown;
  /** Set by Node's HTTP, whose requests are followed by themselves. */
  parser?: unknown;
}

type Write = (this: OpenSocket, ...given: unknown[]) => unknown;
type Writing = { _writeGeneric?: Write };

const undiciWrites = 'undici:client:sendHeaders';

/**
 * Follows answers on connections that this process has opened, such as those to a database: from what is written until
 * the next bytes come. No operation of Node's stands for that, so the one method that all writing of sockets goes through
 * is replaced for as long as it is followed.
 */
export class AnswerFollower implements Disposable {
  readonly #recorder: WaitRecorder;
  readonly #resources: ResourceFollower;
  /** Their requests are followed by themselves. */
  readonly #ofUndici = new WeakSet<object>();
  readonly #restore: () => void;

  constructor(recorder: WaitRecorder, resources: ResourceFollower) {
    this.#recorder = recorder;
    this.#resources = resources;
    this.#restore = this.#replaceWrite(Socket.prototype as unknown as Writing);
    subscribe(undiciWrites, this.#noteUndici);
  }

  [Symbol.dispose](): void {
    this.#restore();
    unsubscribe(undiciWrites, this.#noteUndici);
  }

  #replaceWrite(prototype: Writing): () => void {
    const original = prototype._writeGeneric;
    if (typeof original !== 'function') return () => {};
    let isOn = true;
    const noted = (socket: OpenSocket) => this.#note(socket, ours);
    const ours: Write = function _writeGeneric(this: OpenSocket, ...given: unknown[]) {
      if (isOn) noted(this);
      return Reflect.apply(original, this, given);
    };
    prototype._writeGeneric = ours;
    return () => {
      isOn = false;
      // Whoever has wrapped it meanwhile keeps it: it does nothing any more.
      if (prototype._writeGeneric === ours) prototype._writeGeneric = original;
    };
  }

  #note(socket: OpenSocket, below: Write): void {
    if (socket.server || socket.parser || socket.connecting || !socket.readable) return;
    if (this.#ofUndici.has(socket)) return;
    try {
      const id = socket._handle?.getAsyncId?.();
      if (typeof id !== 'number' || id <= 0 || this.#resources.isFollowed(id)) return;
      const wait = this.#recorder.begin('network', 'answer on a connection', below);
      if (wait) this.#resources.follow(id, wait);
    } catch {
      // It is the service that is writing.
    }
  }

  readonly #noteUndici = (message: unknown): void => {
    const socket = (message as { socket?: object } | undefined)?.socket;
    if (typeof socket === 'object') this.#ofUndici.add(socket);
  };
}
