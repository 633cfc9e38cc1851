/** Ends the process when its parent is gone, which the main thread would notice only after what it computes. */
const EVERY_MS = 1000;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);
