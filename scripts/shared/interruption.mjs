const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * A signal that aborts when someone wants this process to end: by Ctrl-C, by SIGTERM, by closing the terminal, or by
 * killing npm above it. A Ctrl-C arrives twice under npm (from the terminal and from npm), so repeats mean nothing.
 */
export function watchForInterruption() {
  const controller = new AbortController();
  for (const name of SIGNALS) process.on(name, () => controller.abort(name));
  if (process.env.npm_lifecycle_event) {
    const npm = process.ppid;
    setInterval(() => {
      if (process.ppid !== npm) controller.abort('SIGHUP');
    }, 500).unref();
  }
  return controller.signal;
}
