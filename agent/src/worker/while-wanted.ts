/** What the work resolves with. @throws when the signal comes first, or when the work fails; nobody hears of it after that */
export function whileWanted<Value>(work: Promise<Value>, unwanted: AbortSignal): Promise<Value> {
  work.catch(() => {});
  return new Promise((resolve, reject) => {
    const leave = () => reject(unwanted.reason);
    if (unwanted.aborted) return leave();
    unwanted.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => unwanted.removeEventListener('abort', leave));
  });
}
