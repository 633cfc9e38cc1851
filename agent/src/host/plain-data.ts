/** What the service's code hands over is plain data by the time it leaves the main thread, whatever it was. */

export type Fields = Partial<Record<string, unknown>>;

/** @throws whatever a getter of the service throws, later; and TypeError when it is no object */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is no object.`);
  return value as Fields;
}

export function isText(value: unknown, mostCharacters: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= mostCharacters;
}

/** Text that is no longer than may be; empty when it is none. */
export function textOf(value: unknown, mostCharacters: number): string {
  if (typeof value !== 'string') return '';
  return value.length <= mostCharacters ? value : `${value.slice(0, mostCharacters - 1)}…`;
}

/** A count: whole and not negative. @throws {TypeError} when it is no number */
export function countOf(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new TypeError(`${what} is no number of players.`);
  }
  return Math.min(Math.round(value), Number.MAX_SAFE_INTEGER);
}

/** A time in milliseconds; undefined when it is none. */
export function millisecondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e12
    ? value
    : undefined;
}

/** A message between agent and server may have a mebibyte; as JSON it is no shorter. */
const mostListBytes = 900_000;

/** As many of the first as fit into one message. */
export function withinMessage<Item>(items: readonly Item[]): Item[] {
  const taken: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > mostListBytes) break;
    taken.push(item);
  }
  return taken;
}

/** What was thrown, for people. Even an error's own getters may throw. */
export function sentenceOf(error: unknown, what: string): string {
  try {
    return textOf(String(error instanceof Error ? error.message : error), 256) || `${what} threw.`;
  } catch {
    return `${what} threw something that cannot be shown.`;
  }
}
