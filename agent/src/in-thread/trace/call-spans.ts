import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { nowMicros } from './now-micros.ts';

/** Between two readings; more are counted and left out. */
const mostSpans = 5_000;
const mostOpen = 10_000;

/** A call to something outside: what, when and for how long, in microseconds. */
export type SpanRow = [name: string, beganMicros: number, tookMicros: number];

/**
 * The tracing channels by which database libraries tell of their calls. They cost nothing where nobody publishes.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#class-tracingchannel
 */
const databaseChannels = [
  'pg:query',
  'pg:connection',
  'pg:pool:connect',
  'mysql2:query',
  'mysql2:execute',
  'mysql2:connect',
  'mysql2:pool:connect',
  'ioredis:command',
  'ioredis:connect',
  'node-redis:command',
  'node-redis:connect',
  'mssql:query',
  'mssql:batch',
  'mssql:execute',
  'mssql:connect',
  'mssql:pool:acquire',
  'mongoose:query',
  'db0:query',
] as const;

interface HttpMessage {
  request: object & { method?: string; url?: string; path?: string; host?: string };
}

interface UndiciMessage {
  request: object & { method?: string; origin?: string | URL; path?: string };
}

/** Follows calls from their begin to their end. Of what a call says, nothing is kept but where it leads. */
export class CallSpans implements Disposable {
  readonly #open = new Map<object, [name: string, beganMicros: number]>();
  readonly #subscriptions: [channel: string, listener: (message: unknown) => void][] = [];
  #rows: SpanRow[] = [];
  #leftOut = 0;

  constructor() {
    for (const name of databaseChannels) {
      this.#on(`tracing:${name}:start`, (call) => this.#begin(call, name));
      this.#on(`tracing:${name}:asyncEnd`, (call) => this.#end(call));
      this.#on(`tracing:${name}:error`, (call) => this.#end(call));
    }
    this.#followHttp();
    this.#on('undici:request:create', (message) => {
      const { request } = message as UndiciMessage;
      this.#begin(request, addressOf(request));
    });
    this.#on('undici:request:trailers', (message) => this.#end((message as UndiciMessage).request));
    this.#on('undici:request:error', (message) => this.#end((message as UndiciMessage).request));
  }

  drain(): { spans: SpanRow[]; spansLeftOut: number } {
    const drained = { spans: this.#rows, spansLeftOut: this.#leftOut };
    this.#rows = [];
    this.#leftOut = 0;
    return drained;
  }

  [Symbol.dispose](): void {
    for (const [channel, listener] of this.#subscriptions) unsubscribe(channel, listener);
    this.#open.clear();
  }

  /** Node's own trace events tell the same at ten times the cost. */
  #followHttp(): void {
    const requestOf = (message: object) => (message as HttpMessage).request;
    this.#on('http.server.request.start', (message) => {
      const { method, url } = requestOf(message) as HttpMessage['request'];
      this.#begin(requestOf(message), `http.server ${method} ${withoutQuery(url)}`);
    });
    this.#on('http.server.response.finish', (message) => this.#end(requestOf(message)));
    this.#on('http.client.request.start', (message) => {
      const { method, host, path } = requestOf(message) as HttpMessage['request'];
      this.#begin(requestOf(message), `http.client ${method} ${host}${withoutQuery(path)}`);
    });
    this.#on('http.client.response.finish', (message) => this.#end(requestOf(message)));
    this.#on('http.client.request.error', (message) => this.#end(requestOf(message)));
  }

  #on(channel: string, listener: (message: object) => void): void {
    // What a subscriber throws, Node throws again on the service's main thread.
    const careful = (message: unknown) => {
      try {
        listener(message as object);
      } catch {
        this.#leftOut += 1;
      }
    };
    subscribe(channel, careful);
    this.#subscriptions.push([channel, careful]);
  }

  #begin(call: object, name: string): void {
    if (this.#open.size >= mostOpen) this.#leftOut += 1;
    else this.#open.set(call, [name, nowMicros()]);
  }

  #end(call: object): void {
    const begun = this.#open.get(call);
    if (!begun) return;
    this.#open.delete(call);
    if (this.#rows.length >= mostSpans) this.#leftOut += 1;
    else this.#rows.push([begun[0], begun[1], nowMicros() - begun[1]]);
  }
}

function addressOf({ method = '', origin = '', path = '' }: UndiciMessage['request']): string {
  return `${method} ${origin}${withoutQuery(path)}`;
}

/** A query may hold what nobody is to see. */
function withoutQuery(path = ''): string {
  const end = path.search(/[?#]/);
  return path.slice(0, Math.min(end === -1 ? path.length : end, 200));
}
