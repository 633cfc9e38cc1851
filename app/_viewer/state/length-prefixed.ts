/**
 * Two texts as one, `4~typeTCP`: the length of the first, the first, the second. Either may hold whatever a service put
 * there, so no separator is safe.
 */
export function joinTexts(first: string, second: string): string {
  return `${first.length}~${first}${second}`;
}

/** Undefined for what `joinTexts` did not write. */
export function splitTexts(text: string): readonly [string, string] | undefined {
  const length = /^(\d{1,7})~/.exec(text);
  if (length === null) return undefined;
  const rest = text.slice(length[0].length);
  const first = rest.slice(0, Number(length[1]));
  return first.length === Number(length[1]) ? [first, rest.slice(first.length)] : undefined;
}
