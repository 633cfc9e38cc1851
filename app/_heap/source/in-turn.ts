type InTurn = <Result>(run: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/** Runs at most so many at once; others wait in their order, unless their signal aborts before their turn. */
export function inTurn(most: number): InTurn {
  const waiting: (() => void)[] = [];
  let free = most;
  const leave = () => {
    const next = waiting.shift();
    // Whoever waited longest has the place, and not who comes before it notices.
    if (next === undefined) free += 1;
    else next();
  };
  return async (run, signal) => {
    signal.throwIfAborted();
    if (free > 0) free -= 1;
    else await placeIn(waiting, signal);
    try {
      signal.throwIfAborted();
      return await run();
    } finally {
      leave();
    }
  };
}

/** @throws the signal's reason */
function placeIn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.splice(waiting.indexOf(begin), 1);
      reject(signal.reason);
    };
    const begin = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    waiting.push(begin);
    signal.addEventListener('abort', leave, { once: true });
  });
}
