import type { AnyFunction } from '../stacks/call-sites.ts';
import { type OpenWait, waitSink } from '../waits/wait-sink.ts';
import { type Listed, TurnList } from './turn-list.ts';

/** A queue that the service has registered, and what is in it. */
export class Queue {
  readonly name: string;
  readonly items = new TurnList<QueuedItem>();

  constructor(name: string) {
    this.name = name;
  }

  /** @param below the function that the service's code has called */
  put(below: AnyFunction): QueuedItem {
    const item = new QueuedItem(this, waitSink.begin('queue', this.name, below));
    this.items.add(item);
    return item;
  }
}

/** One thing in a queue, from when its producer put it there until it has left. */
export class QueuedItem implements Listed<QueuedItem>, Disposable {
  readonly #queue: Queue;
  #wait: OpenWait | undefined;
  #isOver = false;
  sinceMs = 0;

  before: QueuedItem | undefined;
  after: QueuedItem | undefined;
  isListed = false;

  constructor(queue: Queue, wait: OpenWait | undefined) {
    this.#queue = queue;
    this.#wait = wait;
  }

  /** It has left the queue, to be handled or to be dropped. */
  dequeued(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#queue.items.remove(this);
    this.#wait?.end();
    this.#wait = undefined;
  }

  [Symbol.dispose](): void {
    this.dequeued();
  }
}
