/**
 * Imported first by the entry of the agent's thread: nothing that a library, or Node with a warning, writes here may
 * appear in the service's output, nor wait in its memory for somebody to read it.
 */
function discard(_chunk: unknown, ...rest: unknown[]): boolean {
  const done = rest.at(-1);
  if (typeof done === 'function') process.nextTick(done);
  return true;
}

process.stdout.write = discard;
process.stderr.write = discard;
