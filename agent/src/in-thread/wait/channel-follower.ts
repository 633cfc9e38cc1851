import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { emptyStack, type StackId } from '../stacks/stack-table.ts';
import type { FollowedWait, WaitRecorder } from './wait-recorder.ts';

/**
 * Libraries that publish their operations as `TracingChannel`s.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#class-tracingchannel
 */
export const tracedOperations = [
  'ioredis:connect',
  'ioredis:command',
  'ioredis:batch',
  'mssql:connect',
  'mssql:query',
  'mssql:batch',
  'mssql:execute',
  'mysql2:connect',
  'mysql2:query',
  'mysql2:execute',
  'node-redis:connect',
  'node-redis:command',
  'node-redis:batch',
  'pg:connection',
  'pg:query',
] as const;

type Subscriber = (message: unknown, name: string | symbol) => void;

/** Follows what libraries publish: HTTP requests of Node and of undici (`fetch`), and operations of databases. */
export class ChannelFollower implements Disposable {
  readonly #recorder: WaitRecorder;
  readonly #subscribed: [channel: string, subscriber: Subscriber][] = [];
  readonly #waits = new WeakMap<object, FollowedWait>();
  /** Of the code that has called `fetch`: undici begins the request when that is no longer on the stack. */
  readonly #fetching = new AsyncLocalStorage<StackId>();
  readonly #restoreFetch: () => void;

  constructor(recorder: WaitRecorder) {
    this.#recorder = recorder;
    this.#followNodeRequests();
    this.#begins('undici:request:create', 'fetch', requestOf);
    this.#ends('undici:request:headers', requestOf);
    this.#ends('undici:request:error', requestOf);
    for (const operation of tracedOperations) {
      this.#begins(`tracing:${operation}:start`, operation, contextOf);
      this.#ends(`tracing:${operation}:asyncStart`, contextOf);
      this.#ends(`tracing:${operation}:error`, contextOf);
    }
    this.#restoreFetch = this.#followFetch();
  }

  [Symbol.dispose](): void {
    for (const [channel, subscriber] of this.#subscribed) unsubscribe(channel, subscriber);
    this.#restoreFetch();
    this.#fetching.disable();
  }

  /** Node 20 does not tell of a request before it is sent, when whoever asked for it is not on the stack any more. */
  #followNodeRequests(): void {
    const created = new WeakSet<object>();
    const begin = (subscriber: Subscriber, message: unknown) => {
      const request = requestOf(message);
      if (!request || created.has(request)) return;
      created.add(request);
      this.#begin(request, 'http request', subscriber);
    };
    this.#subscribe('http.client.request.created', begin);
    this.#subscribe('http.client.request.start', begin);
    this.#ends('http.client.response.finish', requestOf);
    this.#ends('http.client.request.error', requestOf);
  }

  #begins(channel: string, resource: string, keyOf: (message: unknown) => object | undefined): void {
    this.#subscribe(channel, (subscriber, message) => {
      const key = keyOf(message);
      if (key) this.#begin(key, resource, subscriber);
    });
  }

  #ends(channel: string, keyOf: (message: unknown) => object | undefined): void {
    this.#subscribe(channel, (_, message) => {
      const key = keyOf(message);
      if (!key) return;
      this.#waits.get(key)?.end();
      this.#waits.delete(key);
    });
  }

  #begin(key: object, resource: string, below: Subscriber): void {
    const orElse = this.#fetching.getStore() ?? emptyStack;
    const wait = this.#recorder.begin('network', resource, below, orElse);
    if (wait) this.#waits.set(key, wait);
  }

  #subscribe(channel: string, hear: (subscriber: Subscriber, message: unknown) => void): void {
    const subscriber: Subscriber = (message) => {
      try {
        hear(subscriber, message);
      } catch {
        // What a subscriber throws becomes an uncaught exception of the service.
      }
    };
    subscribe(channel, subscriber);
    this.#subscribed.push([channel, subscriber]);
  }

  #followFetch(): () => void {
    const place = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
    const original = place?.value as typeof globalThis.fetch | undefined;
    if (!place?.configurable || !place.writable || typeof original !== 'function') return () => {};
    const recorder = this.#recorder;
    const fetching = this.#fetching;
    let isOn = true;
    const fetch = function fetch(this: unknown, ...given: Parameters<typeof globalThis.fetch>) {
      if (!isOn) return Reflect.apply(original, this, given);
      return fetching.run(recorder.look(fetch), () => Reflect.apply(original, this, given));
    };
    Object.defineProperty(globalThis, 'fetch', { ...place, value: fetch });
    return () => {
      isOn = false;
      // Whoever has wrapped it meanwhile keeps what he has: it calls the original.
      if (globalThis.fetch === fetch) Object.defineProperty(globalThis, 'fetch', place);
    };
  }
}

function contextOf(message: unknown): object | undefined {
  return typeof message === 'object' && message !== null ? message : undefined;
}

function requestOf(message: unknown): object | undefined {
  return contextOf((contextOf(message) as { request?: unknown } | undefined)?.request);
}
