import {
  countFrames,
  findFrame,
  Occurrences,
  type Profile,
  sampleInPixel,
  selfMicrosOf,
  stepInTime,
  type TimeChart,
  type TimeColumns,
  type TimedFrame,
  type Transform,
  toTimeChart,
} from '#profile/index.ts';
import { labelOf, placeOf } from '../flame/function-labels.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { withOriginals } from '../source/original-functions.ts';
import { depthAtY } from './chart-lines.ts';
import { ChartPainter, type ChartTexts } from './chart-painter.ts';
import { type PixelColours, toPixelColours } from './pixel-colours.ts';
import type {
  CallAddress,
  CallFacts,
  CallSpan,
  CallWithCallers,
  ChartLook,
  ChartReport,
  ChartRequest,
  Drawing,
  FontSource,
  PointedCall,
  Question,
} from './protocol.ts';
import { activityOf } from './serve-chart.ts';

/** Callers that are told with a call. */
const MOST_CALLERS = 64;

/** The profile's side of the time-ordered chart, in the worker that holds the profile: draws it and answers for it. */
export class ChartHost {
  readonly #profile: Profile;
  readonly #opened: OpenedProfile;
  readonly #port: MessagePort;
  #transforms: readonly Transform[] = [];
  #chart: TimeChart | undefined;
  #painter: ChartPainter | undefined;
  #look: { readonly look: ChartLook; readonly colours: PixelColours; readonly texts: ChartTexts } | undefined;
  #found: Occurrences | undefined;
  #lastFacts: CallFacts | undefined;

  /** @param profile one with a timeline. Ends with the port. */
  constructor(profile: Profile, opened: OpenedProfile, port: MessagePort) {
    this.#profile = profile;
    this.#opened = opened;
    this.#port = port;
    port.onmessage = (event: MessageEvent<ChartRequest>) => this.#serve(event.data);
  }

  #serve(request: ChartRequest): void {
    switch (request.type) {
      case 'canvas':
        this.#painter = new ChartPainter(request.canvas, request.fontFamily);
        void this.#load(request.fonts);
        return;
      case 'look':
        this.#look = toLook(request.look, this.#opened);
        this.#found = undefined;
        return;
      case 'transforms':
        this.#transform(request.transforms);
        return;
      case 'draw':
        this.#report({
          type: 'drawn',
          pointed: this.#draw(request.drawing),
          maxDepth: this.#charted().maxDepth,
        });
        return;
      case 'question':
        this.#report({ type: 'answer', id: request.id, answer: this.#answer(request.question) });
        return;
      case 'activity':
        this.#report(activityOf(this.#profile, request));
    }
  }

  #report(report: ChartReport): void {
    this.#port.postMessage(report);
  }

  #transform(transforms: readonly Transform[]): void {
    // A view that comes back finds its chart as it was.
    if (JSON.stringify(transforms) === JSON.stringify(this.#transforms)) return;
    this.#transforms = transforms;
    this.#chart = undefined;
    this.#found = undefined;
    this.#lastFacts = undefined;
  }

  /** Built when it is first looked at. */
  #charted(): TimeChart {
    this.#chart ??= toTimeChart(this.#profile, this.#transforms);
    return this.#chart;
  }

  #draw(drawing: Drawing): PointedCall | undefined {
    const painter = this.#painter;
    if (painter === undefined || this.#look === undefined) return undefined;
    const chart = this.#charted();
    const selected = drawing.selected && findCall(chart, drawing.selected);
    let pointed: PointedCall | undefined;
    painter.paint({ chart, ...this.#look, drawing, selected }, (columns) => {
      const hovered = drawing.point && findPointed(chart, columns, drawing, drawing.point);
      pointed = hovered && { call: this.#factsOf(chart, hovered.frame), beside: hovered.beside };
      return hovered?.frame;
    });
    return pointed;
  }

  /** The pointer rests on one call for many frames of the screen, and a long one has many samples. */
  #factsOf(chart: TimeChart, frame: TimedFrame): CallFacts {
    const last = this.#lastFacts;
    if (last?.sample === frame.firstSample && last.depth === frame.depth) return last;
    const facts = { ...toSpan(chart, frame), selfMicros: selfMicrosOf(chart, frame) };
    this.#lastFacts = facts;
    return facts;
  }

  #answer(question: Question): CallWithCallers | undefined {
    const chart = this.#charted();
    const frame = this.#findAnswer(chart, question);
    return frame && withCallers(chart, frame, this.#factsOf(chart, frame));
  }

  #findAnswer(chart: TimeChart, question: Question): TimedFrame | undefined {
    switch (question.ask) {
      case 'call':
        return findCall(chart, question.at);
      case 'longest': {
        const functions = new Uint8Array(this.#opened.functions.length);
        functions[question.func] = 1;
        return new Occurrences(chart, functions).longest();
      }
      case 'match': {
        const matched = this.#look?.look.matched;
        if (matched === undefined) return undefined;
        this.#found ??= new Occurrences(chart, matched);
        const from = question.from && findCall(chart, question.from);
        const next = question.by === 1 ? this.#found.next(from) : this.#found.previous(from);
        // Around the end if need be.
        return next ?? (question.by === 1 ? this.#found.next(undefined) : this.#found.previous(undefined));
      }
      case 'step': {
        const from = question.from && findCall(chart, question.from);
        if (from === undefined) return firstSeen(chart, question.seen.fromMicros);
        const next = stepInTime(chart, from, question.step);
        return next === undefined || next.depth === 0 ? from : next;
      }
    }
  }

  async #load(fonts: readonly FontSource[]): Promise<void> {
    const set = (self as unknown as { readonly fonts?: FontFaceSet }).fonts;
    if (set === undefined || fonts.length === 0) return;
    const faces = fonts.map(({ family, source, weight }) => new FontFace(family, source, { weight }));
    for (const face of faces) set.add(face);
    await Promise.allSettled(faces.map((face) => face.load()));
    this.#painter?.forgetWidths();
    this.#report({ type: 'stale' });
  }
}

function toLook(look: ChartLook, profile: OpenedProfile) {
  const opened = look.originals ? withOriginals(profile, look.originals) : profile;
  const texts: ChartTexts = {
    label: remembered((func) => labelOf(opened, func, look.anonymous)),
    place: remembered((func) => placeOf(opened, func)),
  };
  return { look, colours: toPixelColours(look), texts };
}

/** Texts are asked for at every frame of the screen. */
function remembered(textOf: (func: number) => string): (func: number) => string {
  const texts = new Map<number, string>();
  return (func) => {
    const known = texts.get(func);
    if (known !== undefined) return known;
    const text = textOf(func);
    texts.set(func, text);
    return text;
  };
}

/** What was drawn says what is under the pointer. */
function findPointed(
  chart: TimeChart,
  columns: TimeColumns,
  { pixelRatio, scrollTop, rootBelow }: Drawing,
  { x, y }: { readonly x: number; readonly y: number },
): { readonly frame: TimedFrame; readonly beside: number } | undefined {
  const depth = depthAtY({ maxDepth: chart.maxDepth, rootBelow }, y + scrollTop);
  const column = Math.floor(x * pixelRatio);
  const sample = depth < 1 ? undefined : sampleInPixel(columns, column, depth);
  const frame = sample === undefined ? undefined : findFrame(chart, sample, depth);
  if (frame === undefined) return undefined;
  const { fromMicros, toMicros, width } = columns.window;
  const perPixel = (toMicros - fromMicros) / width;
  const from = chart.times.findAt(fromMicros + column * perPixel);
  const to = chart.times.findAt(fromMicros + (column + 1) * perPixel);
  const there = countFrames(chart, depth, from, Math.max(to, from + 1));
  return { frame, beside: Math.max(0, there - 1) };
}

function findCall(chart: TimeChart, { sample, depth }: CallAddress): TimedFrame | undefined {
  return depth < 1 ? undefined : findFrame(chart, sample, depth);
}

/** The outermost call at the left edge of what is seen, or the next one. */
function firstSeen(chart: TimeChart, fromMicros: number): TimedFrame | undefined {
  return findFrame(chart, chart.depths.nextAtLeast(chart.times.findAt(fromMicros), 1), 1);
}

function withCallers(chart: TimeChart, frame: TimedFrame, call: CallFacts): CallWithCallers {
  const path = [toSpan(chart, frame)];
  for (let depth = frame.depth - 1; depth > 0 && path.length <= MOST_CALLERS; depth--) {
    const caller = findFrame(chart, frame.firstSample, depth);
    if (caller !== undefined) path.push(toSpan(chart, caller));
  }
  return { call, path: path.reverse() };
}

function toSpan(chart: TimeChart, frame: TimedFrame): CallSpan {
  return {
    sample: frame.firstSample,
    depth: frame.depth,
    func: chart.stacks.func[frame.row] as number,
    startMicros: frame.startMicros,
    endMicros: frame.endMicros,
  };
}
