import type { AnyFunction } from '../stacks/call-sites.ts';

/** What a wait can be for. */
export type WaitType =
  | 'network'
  | 'dns'
  | 'file'
  | 'timer'
  | 'lock'
  | 'queue'
  | 'worker'
  | 'process'
  | 'promise'
  | 'other';

/** A wait that is going on and is followed. */
export interface OpenWait {
  /** To be called once, when it is over. A wait that never is counts as pending. */
  end(): void;
}

export interface WaitListener {
  /**
   * A wait begins now.
   *
   * @param name of what is waited for, as the service calls it: "redis pool"
   * @param below the function that is called by the service's code: what is above it on the stack is ours
   * @returns undefined when this one is not followed
   */
  begin(type: WaitType, name: string, below: AnyFunction): OpenWait | undefined;
}

/** Between those who know of waits and those who record them, in one thread. */
export class WaitSink {
  #listeners: readonly WaitListener[] = [];

  /** To be called by whoever waits for what. What it returns, if anything, must be told of the end. */
  begin(...[type, name, below]: Parameters<WaitListener['begin']>): OpenWait | undefined {
    if (this.#listeners.length === 0) return undefined;
    const open = this.#listeners.flatMap((listener) => listener.begin(type, name, below) ?? []);
    if (open.length < 2) return open[0];
    return {
      end: () => {
        for (const wait of open) wait.end();
      },
    };
  }

  listen(listener: WaitListener): Disposable {
    this.#listeners = [...this.#listeners, listener];
    return {
      [Symbol.dispose]: () => {
        this.#listeners = this.#listeners.filter((other) => other !== listener);
      },
    };
  }
}

/** The one of this thread. */
export const waitSink = new WaitSink();
