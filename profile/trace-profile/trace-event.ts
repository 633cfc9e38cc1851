import { NumberColumn } from '../model/number-column.ts';

export const NOT_SEEN = -1;

/**
 * One event while it is read. Its fields come in any order, and most tools write the arguments first: what they hold is kept here
 * until it is known whose it is.
 */
export class TraceEvent {
  /** An index into the strings. */
  name = NOT_SEEN;
  /** The letter of the phase. */
  phase = 0;
  startMicros = Number.NaN;
  durationMicros = Number.NaN;
  processId = 0;
  threadId = 0;
  id = '';
  /** The name of a thread or process, an index into the strings. */
  argumentName = NOT_SEEN;
  /** The first thing in its arguments that was not of the type that samples have there. */
  fault: { field: string; what: string } | undefined;

  readonly nodeId = new NumberColumn(64);
  readonly nodeParent = new NumberColumn(64);
  readonly nodeFunction = new NumberColumn(64);
  readonly sampleNodeId = new NumberColumn(64);
  readonly timeDelta = new NumberColumn(64);
  readonly sampleLine = new NumberColumn(64);
  profileStart: number | undefined;
  profileEnd: number | undefined;

  begin(): void {
    this.name = NOT_SEEN;
    this.phase = 0;
    this.startMicros = Number.NaN;
    this.durationMicros = Number.NaN;
    this.processId = 0;
    this.threadId = 0;
    this.id = '';
    this.argumentName = NOT_SEEN;
    this.fault = undefined;
    this.profileStart = undefined;
    this.profileEnd = undefined;
    if (this.nodeId.length > 0) {
      this.nodeId.clear();
      this.nodeParent.clear();
      this.nodeFunction.clear();
    }
    if (this.sampleNodeId.length > 0) this.sampleNodeId.clear();
    if (this.timeDelta.length > 0) this.timeDelta.clear();
    if (this.sampleLine.length > 0) this.sampleLine.clear();
  }
}
