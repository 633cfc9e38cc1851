import { ProfileError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';

/** Deeper says nothing of what a file is. */
const DEPTH = 3;
const MOST_PATHS = 500;
const MOST_STRING_BYTES = 1 << 20;

/** The keys at the beginning of a JSON file as paths: `nodes`, `nodes[].callFrame`, `[].ph`. */
export function outlineJson(beginning: Uint8Array): ReadonlySet<string> {
  const sink = new OutlineSink();
  try {
    new JsonTokenizer(sink, MOST_STRING_BYTES).push(beginning);
  } catch (error) {
    // What came before the damage still tells what the file was to be; its reader names the damage.
    if (!(error instanceof ProfileError)) throw error;
  }
  return sink.paths;
}

class OutlineSink implements JsonSink {
  readonly paths = new Set<string>();
  readonly #open: string[] = [];
  readonly #decoder = new TextDecoder();
  #path = '';

  key(bytes: Uint8Array, start: number, end: number): boolean {
    const above = this.#open.at(-1) ?? '';
    const key = this.#decoder.decode(bytes.subarray(start, Math.min(end, start + 64)));
    this.#path = above === '' ? key : `${above}.${key}`;
    if (this.paths.size < MOST_PATHS) this.paths.add(this.#path);
    return this.#open.length < DEPTH;
  }

  beginObject(): void {
    this.#open.push(this.#path);
  }

  endObject(): void {
    this.#open.pop();
    this.#path = this.#open.at(-1) ?? '';
  }

  beginArray(): void {
    this.#path += '[]';
    this.#open.push(this.#path);
  }

  endArray(): void {
    this.endObject();
  }

  string(): void {}
  number(): void {}
  literal(): void {}
}
