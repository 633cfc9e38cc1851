/** Parameters for the eye: "game steampunk2, force yes". */
export function parameterPairs(
  params: Readonly<Record<string, unknown>>,
  words: { yes: string; no: string },
): { name: string; text: string }[] {
  return Object.entries(params).map(([name, value]) => ({ name, text: textOf(value, words) }));
}

function textOf(value: unknown, words: { yes: string; no: string }): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
