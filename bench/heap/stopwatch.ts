/** How long something took, and what it took of the processor: all threads of this process together. */
export interface Taken {
  readonly seconds: number;
  /** Without what others took of the cores meanwhile. */
  readonly cpuSeconds: number;
}

/** Starts now; what is returned tells what has been taken since. */
export function startStopwatch(): () => Taken {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}
