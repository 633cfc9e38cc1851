import type { ActivityOverTime, TimedStep, TimeRange, Transform } from '#profile/index.ts';
import type { Palette } from '../flame/palette.ts';
import type { OriginalFunctions } from '../source/original-functions.ts';

/** A call as it happened, named by the sample that it began with. */
export interface CallAddress {
  readonly sample: number;
  readonly depth: number;
}

/** Which function, and when. Times are counted from the first sample, in microseconds. */
export interface CallSpan extends CallAddress {
  readonly func: number;
  readonly startMicros: number;
  readonly endMicros: number;
}

/** What there is to say of a call. */
export interface CallFacts extends CallSpan {
  readonly selfMicros: number;
}

/** The call with its callers, from the outermost of those that are told, itself last. */
export interface CallWithCallers {
  readonly call: CallFacts;
  readonly path: readonly CallSpan[];
}

/** What is pointed at. */
export interface PointedCall {
  readonly call: CallFacts;
  /** How many more calls of its line lie within the same pixel. */
  readonly beside: number;
}

/** How everything looks, whatever part is seen of it. */
export interface ChartLook {
  readonly palette: Palette;
  /** By function. */
  readonly shades: Uint8Array;
  /** 1 per function that a search found; undefined without a search. */
  readonly matched: Uint8Array | undefined;
  readonly anonymous: string;
  /** What functions were made of, where that is shown. */
  readonly originals: OriginalFunctions | undefined;
}

/** All that one frame of the screen depends on. Lengths in CSS pixels, times in microseconds from the first sample. */
export interface Drawing {
  readonly seen: TimeRange;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly scrollTop: number;
  readonly rootBelow: boolean;
  readonly point: { readonly x: number; readonly y: number } | undefined;
  readonly selected: CallAddress | undefined;
  readonly isFocused: boolean;
  /** What lies outside is drawn faintly. */
  readonly chosen: TimeRange | undefined;
}

/** A font as the page has it, for the worker to have it too. */
export interface FontSource {
  readonly family: string;
  readonly source: string;
  readonly weight: string;
}

export type Question =
  /** From nothing one steps to the first call that is seen. */
  | {
      readonly ask: 'step';
      readonly from: CallAddress | undefined;
      readonly step: TimedStep;
      readonly seen: TimeRange;
    }
  | { readonly ask: 'match'; readonly from: CallAddress | undefined; readonly by: 1 | -1 }
  /** The longest call of a function. */
  | { readonly ask: 'longest'; readonly func: number }
  | { readonly ask: 'call'; readonly at: CallAddress };

export type ChartRequest =
  | {
      readonly type: 'canvas';
      readonly canvas: OffscreenCanvas;
      readonly fontFamily: string;
      readonly fonts: readonly FontSource[];
    }
  | { readonly type: 'look'; readonly look: ChartLook }
  /** What is done to every stack before it is drawn. */
  | { readonly type: 'transforms'; readonly transforms: readonly Transform[] }
  | { readonly type: 'draw'; readonly drawing: Drawing }
  | { readonly type: 'question'; readonly id: number; readonly question: Question }
  /** `kinds`: what each function counts as, from 0 to before `kindCount`. */
  | {
      readonly type: 'activity';
      readonly parts: number;
      readonly kinds: Uint8Array;
      readonly kindCount: number;
    };

export type ActivityRequest = Extract<ChartRequest, { readonly type: 'activity' }>;

export type ChartReport =
  /** The frame is on its way to the screen. */
  | { readonly type: 'drawn'; readonly pointed: PointedCall | undefined; readonly maxDepth: number }
  /** Undefined: there is no such call. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: CallWithCallers | undefined }
  | { readonly type: 'activity'; readonly activity: ActivityOverTime }
  /** Fonts have come: what was drawn is to be drawn again. */
  | { readonly type: 'stale' };
