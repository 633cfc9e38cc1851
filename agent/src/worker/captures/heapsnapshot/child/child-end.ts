/** How a child ended. */
export type ChildEnd =
  | { how: 'written' }
  /** By SIGKILL that was not ours: as a rule the kernel's, when memory is short. */
  | { how: 'killed' }
  /** By us, before the kernel had to. */
  | { how: 'short-of-memory'; leftBytes: number }
  /** Anything else, as the end of the sentence "the child …". */
  | { how: 'failed'; detail: string };

const systemCallForbidden = 31;
const killed = 9;
/** The addon's own: see `wakeups.h`, `child.h` and `snapshot-child.c`. */
const exits: Readonly<Record<number, string>> = {
  70: 'could not write the snapshot',
  71: 'waited for a thread that it does not have',
  72: 'could not give up what it shares with the service',
};

/** @param status as wait(2) gives it; -2 when somebody else has reaped the child */
export function toChildEnd(status: number): ChildEnd {
  if (status === 0) return { how: 'written' };
  if (status === -2) return { how: 'failed', detail: 'was reaped by somebody else' };
  const signal = status & 0x7f;
  const code = (status >> 8) & 0xff;
  if (signal === killed) return { how: 'killed' };
  if (signal === systemCallForbidden) return { how: 'failed', detail: exits[71] ?? '' };
  if (signal !== 0) return { how: 'failed', detail: `crashed with signal ${signal}` };
  return { how: 'failed', detail: exits[code] ?? `ended with code ${code}` };
}
