/**
 * Listens to the process without making it print: Node warns when an event has more listeners than the limit, and
 * the service may already be at it.
 */
export function listenToProcess<Args extends unknown[]>(
  event: 'exit' | 'worker',
  listener: (...args: Args) => void,
): Disposable {
  const emitter: NodeJS.EventEmitter = process;
  changeLimit(1);
  emitter.on(event, listener as (...args: unknown[]) => void);
  let listening = true;
  return {
    [Symbol.dispose]() {
      if (!listening) return;
      listening = false;
      emitter.off(event, listener as (...args: unknown[]) => void);
      changeLimit(-1);
    },
  };
}

/** 0 stands for no limit. */
function changeLimit(by: number): void {
  const limit = process.getMaxListeners();
  if (limit > 0) process.setMaxListeners(Math.max(1, limit + by));
}
