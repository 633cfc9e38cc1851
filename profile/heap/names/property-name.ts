/**
 * A property's name as it stands in `{id, name, "a, b"}`: in quotes where it could be taken for more than one, as Chrome
 * DevTools has it.
 */
export function formatPropertyName(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}
