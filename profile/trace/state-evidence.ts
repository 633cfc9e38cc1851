/** V8's own names. */
const COLLECTIONS = ['MinorGC', 'MajorGC'];
/** Node's categories of file operations that are synchronous: the thread is in the system's call from begin to end. */
const BLOCKING = /(^|,)node\.fs(_dir)?\.sync(,|$)/;

/** What a span says of the state of its thread, by its name and category. */
export interface StateEvidence {
  isCollection(name: number): boolean;
  /** A call to the system that returns only when it is done. */
  isBlocking(category: number): boolean;
}

/** @param strings of the trace, which names and categories are numbers of */
export function toStateEvidence(strings: readonly string[]): StateEvidence {
  const collections = new Set(COLLECTIONS.map((name) => strings.indexOf(name)));
  const blocking = Uint8Array.from(strings, (category) => (BLOCKING.test(category) ? 1 : 0));
  return {
    isCollection: (name) => collections.has(name),
    isBlocking: (category) => blocking[category] === 1,
  };
}
