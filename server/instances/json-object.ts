/** The object that an agent sent as JSON; undefined when it is none or longer than allowed. */
export function parseObject(json: string, maxLength: number): Record<string, unknown> | undefined {
  if (json.length > maxLength) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
