import { IntervalList } from './interval-list.ts';
import { SpanList } from './span-list.ts';

/** What a trace says of one thread, as it comes. */
export class RawThread {
  readonly pid: number;
  readonly tid: number;
  /** Of the string table; -1 until it is named. */
  name = -1;
  /** With a state as value. */
  readonly loop = new IntervalList();
  readonly blocked = new IntervalList();
  /** Waits that are no rows, with their sum as value. */
  readonly shortWaits = new IntervalList();
  readonly spans = new SpanList();
  /** Rows of spans that have begun and not ended, the innermost last. */
  readonly open: number[] = [];

  constructor(pid: number, tid: number) {
    this.pid = pid;
    this.tid = tid;
  }
}
