import type { Logger } from 'pino';
import {
  HeapBusy,
  HeapClosed,
  HeapMemoryTaken,
  HeapOpening,
  HeapProcessEnded,
  HeapQuestionOverdue,
  type ServerError,
} from '../errors.ts';
import type { HeapState } from '../http/contract/index.ts';
import type { EarlierFile, EarlierSnapshot, FromChild, OpenedFrom, SnapshotFile } from './child-messages.ts';
import { HeapChild } from './heap-child.ts';
import type { HeapMeasurement } from './heap-measurement.ts';
import { type HeapStage, toHeapState } from './heap-stage.ts';
import type { HeapTimes } from './heap-times.ts';
import type { IndexFiles } from './index-files.ts';
import type { MemoryHolder, MemoryLedger } from './memory-ledger.ts';
import { OpeningEstimate } from './opening-estimate.ts';
import { type HeapAnswered, type NewQuestion, Question } from './question.ts';
import { toOpeningError, toQuestionError } from './refused.ts';

export interface HeapSessionOptions {
  readonly captureId: string;
  readonly file: SnapshotFile;
  readonly artifactDirectory: string;
  readonly programDirectory: string;
  readonly indexes: IndexFiles;
  readonly ledger: MemoryLedger;
  readonly times: HeapTimes;
  readonly log: Logger;
  /** Memory or a place may be free that was not. */
  onRoom(): void;
  /** Whether nobody waits for memory that came before. */
  isNext(session: HeapSession): boolean;
  measure(measurement: HeapMeasurement): void;
}

/** One snapshot from the first question to its end: a process at a time, which is asked a few questions at once; others wait in their order. */
export class HeapSession implements MemoryHolder {
  readonly #options: HeapSessionOptions;
  readonly #questions: Question[] = [];
  /** What the process has been asked, by number. */
  readonly #asking = new Map<number, Question>();
  /** Of those, what nobody waits for and the process has not left yet. */
  readonly #leaving = new Map<number, Question>();
  #lastQuestion = 0;
  readonly #awaitingIndex: (() => void)[] = [];
  #stage: HeapStage = { is: 'closed' };
  /** The process that is spoken to; what others still say is too late. */
  #child: HeapChild | undefined;
  /** The one that the process compared with last. It stays open there until another takes its place. */
  #earlier: EarlierSnapshot | undefined;
  #isWithoutIndex = false;
  readonly #ending = new Set<Promise<void>>();
  #wantedAt = performance.now();
  #leaseTimer: NodeJS.Timeout | undefined;
  #silenceTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #idleEndsAt: number | null = null;
  usedAt = performance.now();

  constructor(options: HeapSessionOptions) {
    this.#options = options;
  }

  get is(): HeapStage['is'] {
    return this.#stage.is;
  }

  /** On the clock of the wall; undefined unless it waits for memory. */
  get waitingSince(): number | undefined {
    return this.#stage.is === 'waiting' ? this.#stage.since : undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get memoryBytes(): number {
    if (this.#stage.is === 'open') return this.#stage.memoryBytes;
    return this.#stage.is === 'opening' ? this.#stage.progress.memoryBytes : 0;
  }

  /** Open, everything answered, and its index written: closing it costs nobody anything. */
  get isIdle(): boolean {
    if (this.#stage.is !== 'open' || this.#stage.index === 'writing') return false;
    return this.#asking.size + this.#leaving.size + this.#questions.length === 0;
  }

  /** Nothing came of its index when it was opened last: there is no room for it, as a rule. */
  get isWithoutIndex(): boolean {
    return this.#isWithoutIndex;
  }

  /** Whether its process has this one open, or is opening it, to compare with. */
  isComparedWith({ sha256 }: SnapshotFile): boolean {
    return this.#earlier?.sha256 === sha256;
  }

  toState(): HeapState {
    this.#wantedAt = performance.now();
    const hasIndex = this.#options.indexes.has(this.#options.captureId);
    return toHeapState(this.#stage, { hasIndex, idleEndsAt: this.#idleEndsAt });
  }

  /** Begins to open it, unless that was done. What failed is tried again. */
  open(): void {
    this.#wantedAt = performance.now();
    if (this.#stage.is !== 'closed' && this.#stage.is !== 'failed') return;
    try {
      this.#options.ledger.checkPossible(this.#options.captureId, this.#options.file.sizeBytes);
    } catch (error) {
      this.#fail(error as ServerError);
      return;
    }
    this.#stage = { is: 'waiting', since: Date.now() };
    this.#leaseTimer = setInterval(() => this.#heedLease(), Math.min(1000, this.#options.times.leaseMs / 4));
    if (this.#options.isNext(this)) this.tryToStart();
  }

  /** Starts the process if there is memory for it. */
  tryToStart(): void {
    if (this.#stage.is !== 'waiting') return;
    const { ledger, file, captureId } = this.#options;
    const limitBytes = ledger.take(this, file.sizeBytes);
    if (limitBytes === undefined) return;
    let child: HeapChild;
    try {
      child = this.#startChild();
    } catch (error) {
      this.#options.log.warn({ err: error, capture: captureId }, 'no process for a heap snapshot');
      this.#fail(new HeapProcessEnded(captureId, 'it could not be started'));
      return;
    }
    this.#child = child;
    const from = this.#options.indexes.has(captureId) ? 'index' : 'artifact';
    this.#stage = {
      is: 'opening',
      since: Date.now(),
      child,
      limitBytes,
      from,
      progress: { phase: 'reading', share: 0, memoryBytes: 0 },
      estimate: new OpeningEstimate(performance.now()),
    };
    child.tell({ tell: 'open', file, limitBytes });
    this.#expectSignOfLife();
  }

  #startChild(): HeapChild {
    const { artifactDirectory, programDirectory, times, indexes, log } = this.#options;
    const child = new HeapChild({
      artifactDirectory,
      programDirectory,
      niceness: times.niceness,
      indexDirectory: indexes.directory,
      log,
      onMessage: (message) => {
        if (this.#child === child) this.#heed(message);
      },
      onEnd: (how) => {
        if (this.#child === child) this.#heedEnd(how);
      },
    });
    return child;
  }

  /**
   * @throws HeapOpening, HeapBusy, HeapClosed, HeapUnreadable, HeapMemoryExceeded, HeapMemoryTaken, HeapProcessEnded,
   *   HeapQuestionOverdue, HeapQuestionRefused, the signal's reason
   */
  ask(asked: NewQuestion): Promise<HeapAnswered> {
    asked.signal.throwIfAborted();
    const { captureId, times } = this.#options;
    this.usedAt = performance.now();
    this.#wantedAt = this.usedAt;
    // What is wrong with the file stays wrong until somebody expressly wants it tried again.
    if (this.#stage.is === 'failed' && !(this.#stage.error instanceof HeapProcessEnded)) {
      return Promise.reject(this.#stage.error);
    }
    if (this.#questions.length >= times.questions) {
      return Promise.reject(new HeapBusy(captureId, times.questions));
    }
    const question = new Question(++this.#lastQuestion, asked, () => this.#heedGone(question));
    question.wait(times.waitMs, () => this.#refuseTired(question));
    this.#questions.push(question);
    this.open();
    this.#askNext();
    return question.answered;
  }

  /** Ends the process and every question. */
  close(error: ServerError = new HeapClosed(this.#options.captureId)): void {
    // Closed, and asked all the same: its index is being made anew.
    if (this.#stage.is === 'closed' && this.#questions.length === 0) return;
    this.#leave({ is: 'closed' }, error);
  }

  /** Until its index is written, or it is clear that there will be none. */
  async indexSettled(): Promise<void> {
    if (this.#stage.is !== 'open' || this.#stage.index !== 'writing') return;
    await new Promise<void>((resolve) => this.#awaitingIndex.push(resolve));
  }

  /** Until every process of it is gone. */
  async ended(): Promise<void> {
    await Promise.all(this.#ending);
  }

  #heed(message: FromChild): void {
    const stage = this.#stage;
    this.#expectSignOfLife();
    switch (message.told) {
      case 'progress':
        // An open one reads the earlier one that it is compared with: that takes as long as it takes, and tells how far it is.
        if (stage.is === 'open') for (const question of this.#asking.values()) this.#setDeadline(question);
        if (stage.is !== 'opening') return;
        stage.from = message.from;
        stage.progress = message;
        stage.estimate.heed(message, performance.now());
        return;
      case 'opened':
        this.#heedOpened(message.from, message.memoryBytes);
        return;
      case 'refused':
        this.#fail(toOpeningError(this.#options.captureId, message));
        return;
      case 'index-wanted':
        void this.#grantIndex(message.bytes);
        return;
      case 'index':
        void this.#heedIndex(message.state, message.reason);
        return;
      case 'index-replaced':
        void this.#options.indexes.settled(this.#options.captureId, this.pid);
        return;
      case 'index-damaged':
        void this.#reopen(message.message);
        return;
      case 'remark':
        this.#options.log.info({ capture: this.#options.captureId }, message.message);
        return;
      case 'answer': {
        const { answer, tookMs } = message;
        this.#settle(message.question, message.memoryBytes, (question) => {
          this.#options.measure({ measured: 'answer', ask: question.query.ask, seconds: tookMs / 1000 });
          question.resolve({ answer, tookMs });
        });
        return;
      }
      case 'forgotten':
        this.#settle(message.question, message.memoryBytes, (question) => question.end());
        return;
      case 'no-answer':
        // Whether the earlier one was opened cannot be told from here.
        if (message.refusal !== 'invalid') this.#earlier = undefined;
        this.#settle(message.question, message.memoryBytes, (question) => {
          const of = message.of === 'earlier' ? question.earlier?.captureId : undefined;
          question.reject(toQuestionError(of ?? this.#options.captureId, message));
        });
    }
  }

  #heedOpened(from: OpenedFrom, memoryBytes: number): void {
    const stage = this.#stage;
    if (stage.is !== 'opening') return;
    const openedInMs = Date.now() - stage.since;
    const { captureId, ledger, measure, log, indexes } = this.#options;
    this.#stage = {
      is: 'open',
      since: Date.now(),
      child: stage.child,
      limitBytes: stage.limitBytes,
      from,
      openedInMs,
      memoryBytes,
      index: from === 'index' ? 'kept' : 'writing',
      indexReason: null,
    };
    clearInterval(this.#leaseTimer);
    clearTimeout(this.#silenceTimer);
    ledger.adjust(this, memoryBytes);
    if (from === 'index') void indexes.used(captureId);
    measure({ measured: 'opening', from, seconds: openedInMs / 1000 });
    log.info({ capture: captureId, from, openedInMs, memoryBytes }, 'a heap snapshot is open');
    this.#options.onRoom();
    this.#askNext();
  }

  async #grantIndex(bytes: number): Promise<void> {
    const { indexes, captureId, log } = this.#options;
    const child = this.#child;
    const refused = await indexes.makeRoom(captureId, bytes).catch((error: unknown) => {
      log.warn({ err: error, capture: captureId }, 'no room could be made for the index of a snapshot');
      return 'Whether there is room for it cannot be told; the log of the server says why.';
    });
    if (child === this.#child) child?.tell({ tell: 'index-room', refused: refused ?? null });
  }

  async #heedIndex(state: 'kept' | 'not-kept', reason: string | null): Promise<void> {
    const { indexes, captureId, log } = this.#options;
    await indexes.settled(captureId, this.pid);
    if (state === 'not-kept') log.warn({ capture: captureId, reason }, 'a heap snapshot has no index');
    if (this.#stage.is !== 'open') return;
    this.#stage.index = state;
    this.#isWithoutIndex = state === 'not-kept';
    this.#stage.indexReason = reason;
    for (const resolve of this.#awaitingIndex.splice(0)) resolve();
    this.#options.onRoom();
    this.#watchIdleness();
  }

  /** Its index turned out to be damaged while it was used: the artifact has everything, and the questions go on waiting. */
  async #reopen(why: string): Promise<void> {
    const { captureId, indexes, log } = this.#options;
    log.warn({ capture: captureId, why }, 'the index of a heap snapshot is damaged and is made anew');
    this.#takeBack();
    this.#dropChild();
    this.#stage = { is: 'closed' };
    // Said before the file is gone, so that nobody opens it meanwhile.
    await indexes.remove(captureId);
    if (this.#stage.is === 'closed' && this.#questions.length > 0) this.open();
  }

  #heedEnd(how: string): void {
    const error = new HeapProcessEnded(this.#options.captureId, how);
    const wasOpening = this.#stage.is === 'opening';
    this.#options.log.warn({ capture: this.#options.captureId, how }, 'the process of a heap snapshot ended');
    this.#options.measure({ measured: 'process-ended' });
    this.#leave(wasOpening ? { is: 'failed', at: Date.now(), error } : { is: 'closed' }, error);
  }

  #fail(error: ServerError): void {
    this.#leave({ is: 'failed', at: Date.now(), error }, error);
  }

  #leave(stage: HeapStage, error: ServerError): void {
    const questions = [...this.#asking.values(), ...this.#questions.splice(0)];
    this.#asking.clear();
    this.#dropChild();
    this.#stage = stage;
    for (const question of questions) question.reject(error);
    this.#options.onRoom();
  }

  #dropChild(): void {
    for (const question of this.#leaving.values()) question.end();
    this.#leaving.clear();
    for (const resolve of this.#awaitingIndex.splice(0)) resolve();
    clearInterval(this.#leaseTimer);
    clearTimeout(this.#silenceTimer);
    clearTimeout(this.#idleTimer);
    this.#idleEndsAt = null;
    this.#earlier = undefined;
    this.#options.ledger.release(this);
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    // An index that was being written when its process ended is half of one.
    const { indexes, captureId } = this.#options;
    const ended = child.kill().then(() => indexes.settled(captureId, child.pid));
    const tracked = ended.finally(() => this.#ending.delete(tracked));
    this.#ending.add(tracked);
  }

  #askNext(): void {
    if (this.#stage.is !== 'open') return;
    while (this.#asking.size + this.#leaving.size < this.#options.times.askedAtOnce) {
      const question = this.#questions.shift();
      if (!question) break;
      this.#tell(question, this.#stage.child);
    }
    this.#watchIdleness();
  }

  #tell(question: Question, child: HeapChild): void {
    const earlier = question.earlier && this.#grantEarlier(question.earlier);
    if (question.earlier && !earlier) {
      question.reject(new HeapMemoryTaken('both snapshots together would need more'));
      return;
    }
    this.#asking.set(question.number, question);
    this.#setDeadline(question);
    const { number, query } = question;
    child.tell({ tell: 'ask', question: number, query, ...(earlier ? { earlier } : {}) });
  }

  /** What the process may use for the snapshot that is compared with; undefined while there is too little. */
  #grantEarlier(file: EarlierFile): EarlierSnapshot | undefined {
    if (this.#earlier?.sha256 === file.sha256) return { ...this.#earlier, ...file };
    const limitBytes = this.#options.ledger.grow(this, file.sizeBytes);
    if (limitBytes === undefined) return undefined;
    this.#earlier = { ...file, limitBytes };
    return this.#earlier;
  }

  #setDeadline(question: Question): void {
    const { captureId, times } = this.#options;
    question.begin(times.questionMs, () => {
      question.reject(new HeapQuestionOverdue(captureId, Math.round(times.questionMs / 1000)));
      this.#forget(question, times.forgetMs);
      // They had to stand back for it.
      for (const other of this.#asking.values()) if (other !== question) this.#setDeadline(other);
    });
  }

  /** Has the process leave a question; one that does not is ended. */
  #forget(question: Question, patienceMs: number): void {
    this.#asking.delete(question.number);
    this.#leaving.set(question.number, question);
    this.#child?.tell({ tell: 'forget', question: question.number });
    question.begin(patienceMs, () => this.#restart('it goes on for nobody'));
  }

  /** What the process was asked waits again, for another one. */
  #takeBack(): void {
    const asked = [...this.#asking.values()];
    this.#asking.clear();
    for (const question of asked)
      question.wait(this.#options.times.waitMs, () => this.#refuseTired(question));
    this.#questions.unshift(...asked);
  }

  /** The process does not answer: those that wait have a new one, which opens from the index as a rule. */
  #restart(why: string): void {
    this.#options.log.warn(
      { capture: this.#options.captureId, why },
      'the process of a heap snapshot is ended',
    );
    this.#takeBack();
    this.#dropChild();
    this.#stage = { is: 'closed' };
    if (this.#questions.length > 0) this.open();
    this.#options.onRoom();
  }

  #settle(number: number, memoryBytes: number, settle: (question: Question) => void): void {
    if (this.#stage.is === 'open') this.#stage.memoryBytes = memoryBytes;
    const question = this.#asking.get(number) ?? this.#leaving.get(number);
    this.#asking.delete(number);
    this.#leaving.delete(number);
    this.#adjustMemory(memoryBytes);
    if (question) settle(question);
    this.#askNext();
    this.#options.onRoom();
  }

  #adjustMemory(memoryBytes: number): void {
    // What comparisons were granted they have perhaps not taken yet.
    const isComparing = [...this.#asking.values(), ...this.#leaving.values()].some(({ earlier }) => earlier);
    if (!isComparing) this.#options.ledger.adjust(this, memoryBytes);
  }

  #heedGone(question: Question): void {
    if (!this.#asking.has(question.number)) {
      const at = this.#questions.indexOf(question);
      if (at >= 0) this.#questions.splice(at, 1);
      question.end();
      return;
    }
    // With an index a new process is there in a moment, sooner than one that computes on for nobody.
    const isKept = this.#stage.is === 'open' && this.#stage.index === 'kept';
    const { forgetMs, questionMs } = this.#options.times;
    this.#forget(question, isKept ? forgetMs : questionMs);
  }

  #refuseTired(question: Question): void {
    const at = this.#questions.indexOf(question);
    if (at < 0) return;
    this.#questions.splice(at, 1);
    const { captureId } = this.#options;
    if (this.#stage.is === 'open') question.reject(new HeapBusy(captureId, this.#questions.length + 1));
    else if (this.#stage.is === 'waiting') {
      question.reject(new HeapMemoryTaken('others that are being read or asked hold the memory'));
    } else question.reject(new HeapOpening(captureId));
  }

  /** Nobody waits and nobody looks: the work would be for nobody. */
  #heedLease(): void {
    if (this.#questions.length > 0) return;
    if (performance.now() - this.#wantedAt < this.#options.times.leaseMs) return;
    this.#options.log.info({ capture: this.#options.captureId }, 'nobody waits for a heap snapshot any more');
    this.close();
  }

  /** Opening tells how far it is; a process that does not is stuck. */
  #expectSignOfLife(): void {
    clearTimeout(this.#silenceTimer);
    if (this.#stage.is !== 'opening') return;
    const { silenceMs } = this.#options.times;
    this.#silenceTimer = setTimeout(
      () => this.#heedEnd(`it gave no sign of life for ${silenceMs / 1000} s`),
      silenceMs,
    );
  }

  #watchIdleness(): void {
    clearTimeout(this.#idleTimer);
    this.#idleEndsAt = null;
    if (!this.isIdle) return;
    const { idleMs, captureId } = { ...this.#options.times, ...this.#options };
    this.#idleEndsAt = Date.now() + idleMs;
    this.#idleTimer = setTimeout(() => {
      this.#options.log.info({ capture: captureId }, 'a heap snapshot closes, for nobody asks');
      this.close();
    }, idleMs);
  }
}
