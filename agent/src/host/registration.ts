/** Something that can be taken back; harmless to call twice. */
export interface Subscription {
  dispose(): void;
  [Symbol.dispose](): void;
}

/** What a service gets for a resource or an action: the way to take it back. */
export interface Registration extends Subscription {
  /** Why it was not taken, in a sentence; undefined when it was. */
  readonly refusedReason: string | undefined;
}

export function subscription(dispose: () => void): Subscription {
  return { dispose, [Symbol.dispose]: dispose };
}

export function accepted(dispose: () => void): Registration {
  return { refusedReason: undefined, ...subscription(dispose) };
}

export function rejected(refusedReason: string): Registration {
  return { refusedReason, ...subscription(() => {}) };
}
