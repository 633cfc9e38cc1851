const POLL_MS = 500;

/**
 * Tells once when the process that started this one is gone: at once when there is an IPC channel to it, within half
 * a second by the changed parent id elsewhere. (Windows never changes the parent id: there only the channel tells.)
 */
export function watchParent(gone: () => void): Disposable {
  const parent = process.ppid;
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    gone();
  };
  if (process.channel) process.once('disconnect', tell);
  const polling = setInterval(() => {
    if (process.ppid !== parent) tell();
  }, POLL_MS);
  return { [Symbol.dispose]: () => clearInterval(polling) };
}
