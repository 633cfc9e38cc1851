import type { ActivityOverTime, Transform } from '#profile/index.ts';
import type {
  ActivityRequest,
  CallWithCallers,
  ChartLook,
  ChartReport,
  ChartRequest,
  Drawing,
  FontSource,
  Question,
} from './protocol.ts';

/** What the browser's own performance tools call a frame of the chart, from when it was wanted to when it was drawn. */
const FRAME_MEASURE = 'time-chart frame';

interface Wanted {
  readonly drawing: Drawing;
  /** As `performance.now()` has it. */
  readonly since: number;
}

type DrawnFrame = Extract<ChartReport, { readonly type: 'drawn' }>;
type DrawnListener = (frame: DrawnFrame, drawing: Drawing) => void;
type Port = Pick<MessagePort, 'postMessage' | 'close'> & Pick<MessagePort, 'onmessage'>;

/**
 * The page's side of the chart. However much is wanted, at most one frame is under way: what is wanted next waits, and only
 * the latest of it is drawn, so that a slow worker shows fewer frames and no old ones.
 */
export class ChartClient {
  readonly #port: Port;
  readonly #questions = new Map<number, (answer: CallWithCallers | undefined) => void>();
  #lastQuestion = 0;
  #underWay: Wanted | undefined;
  #next: Wanted | undefined;
  #last: Drawing | undefined;
  #onDrawn: DrawnListener | undefined;
  #onActivity: ((activity: ActivityOverTime) => void) | undefined;

  constructor(port: Port) {
    this.#port = port;
    port.onmessage = (event: MessageEvent<ChartReport>) => this.#receive(event.data);
  }

  /** The canvas that is drawn on from now on; it can be handed over once. */
  hand(canvas: OffscreenCanvas, fontFamily: string, fonts: readonly FontSource[]): void {
    this.#send({ type: 'canvas', canvas, fontFamily, fonts }, [canvas]);
  }

  look(look: ChartLook): void {
    this.#send({ type: 'look', look });
  }

  /** What is done to the stacks; what was selected or drawn before is of other calls. */
  transform(transforms: readonly Transform[]): void {
    this.#send({ type: 'transforms', transforms });
  }

  draw(drawing: Drawing): void {
    this.#last = drawing;
    const wanted = { drawing, since: performance.now() };
    if (this.#underWay === undefined) this.#start(wanted);
    else this.#next = wanted;
  }

  /** The answers come in the order of the questions. */
  ask(question: Question): Promise<CallWithCallers | undefined> {
    const id = ++this.#lastQuestion;
    this.#send({ type: 'question', id, question });
    return new Promise((resolve) => this.#questions.set(id, resolve));
  }

  askForActivity(
    wanted: Omit<ActivityRequest, 'type'>,
    onActivity: (activity: ActivityOverTime) => void,
  ): void {
    this.#onActivity = onActivity;
    this.#send({ type: 'activity', ...wanted });
  }

  /** Told after every frame. */
  onDrawn(listener: DrawnListener | undefined): void {
    this.#onDrawn = listener;
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  #start(wanted: Wanted): void {
    this.#underWay = wanted;
    this.#send({ type: 'draw', drawing: wanted.drawing });
  }

  #receive(report: ChartReport): void {
    switch (report.type) {
      case 'drawn':
        this.#drawn(report);
        return;
      case 'answer':
        this.#questions.get(report.id)?.(report.answer);
        this.#questions.delete(report.id);
        return;
      case 'activity':
        this.#onActivity?.(report.activity);
        return;
      case 'stale':
        if (this.#last !== undefined) this.draw(this.#last);
    }
  }

  #drawn(frame: DrawnFrame): void {
    const drawn = this.#underWay;
    this.#underWay = undefined;
    if (drawn !== undefined) performance.measure(FRAME_MEASURE, { start: drawn.since });
    // Whoever observes has been told; a page that stays open for a day keeps no list of its frames.
    performance.clearMeasures(FRAME_MEASURE);
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.#start(next);
    if (drawn !== undefined) this.#onDrawn?.(frame, drawn.drawing);
  }

  #send(request: ChartRequest, moved: Transferable[] = []): void {
    this.#port.postMessage(request, moved);
  }
}
