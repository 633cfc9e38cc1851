/**
 * What tools have switched on in this thread, each with the way to switch it off again: hooks, observers, wrapped
 * functions. All of it can be switched off at once when the agent's thread has died, and what nobody renews is switched
 * off by itself, so that nothing is left behind in a service, whatever happens to whoever asked for it.
 */
interface Switch {
  off: () => void;
  /** Since it was renewed last. */
  looks: number;
}

/**
 * Whoever records asks about once a second. Looks are counted and not time: a process that was stopped, or a thread that
 * was stuck, has not looked meanwhile, and whoever records has had no chance.
 */
const lookEveryMs = 10_000;
const mostLooks = 3;

const switches = new Map<string, Switch>();
let isWatching = false;

/** Notes that something is on from now on. What is on under the same name is switched off first. */
export function switchOn(name: string, off: () => void): void {
  switchOff(name);
  switches.set(name, { off, looks: 0 });
  if (isWatching) return;
  isWatching = true;
  // The service may be in the middle of anything, in Node's own lists of timers too: touched in a microtask only.
  Promise.resolve().then(() => setTimeout(look, lookEveryMs).unref());
}

/** Says that it is still wanted. False when it is not on, or no longer. */
export function renew(name: string): boolean {
  const on = switches.get(name);
  if (on) on.looks = 0;
  return on !== undefined;
}

/** False when it was not on, or no longer. */
export function switchOff(name: string): boolean {
  const on = switches.get(name);
  if (!on) return false;
  switches.delete(name);
  try {
    on.off();
  } catch {
    // It is the service's thread: nothing is thrown into it, and the others are switched off all the same.
  }
  return true;
}

export function switchAllOff(): void {
  for (const name of [...switches.keys()]) switchOff(name);
}

function look(): void {
  for (const [name, on] of switches) {
    on.looks += 1;
    if (on.looks > mostLooks) switchOff(name);
  }
  isWatching = switches.size > 0;
  if (isWatching) setTimeout(look, lookEveryMs).unref();
}
