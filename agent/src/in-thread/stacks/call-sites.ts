/** What V8 tells of a frame beyond the types of Node: where the function that it belongs to begins. */
export interface CallSite extends NodeJS.CallSite {
  /** Offset in the source: with the file it tells one call site from every other. */
  getPosition(): number;
  getEnclosingLineNumber(): number | null;
}

/** Any function can be the one that a stack is cut off below. */
export type AnyFunction = (...given: never[]) => unknown;

const keepSites = (_: unknown, sites: NodeJS.CallSite[]) => sites;

/**
 * The frames below the given function, leaf first; none when the function is not on the stack, or when the service has
 * made `Error` unchangeable. V8 gives structured frames only through two properties of `Error` that belong to the
 * service: both are as they were before when this returns, present or not.
 *
 * @see https://v8.dev/docs/stack-trace-api
 */
export function takeCallSites(below: AnyFunction, mostFrames: number): readonly CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const hadPrepare = Object.hasOwn(Error, 'prepareStackTrace');
  const hadLimit = Object.hasOwn(Error, 'stackTraceLimit');
  try {
    Error.stackTraceLimit = mostFrames;
    Error.prepareStackTrace = keepSites;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } catch {
    return [];
  } finally {
    restore('prepareStackTrace', hadPrepare, prepareStackTrace);
    restore('stackTraceLimit', hadLimit, stackTraceLimit);
  }
}

function restore(name: 'prepareStackTrace' | 'stackTraceLimit', had: boolean, value: unknown): void {
  if (had) Reflect.set(Error, name, value);
  else Reflect.deleteProperty(Error, name);
}
