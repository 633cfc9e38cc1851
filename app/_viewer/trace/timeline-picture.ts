import { type StateEvidence, type Trace, toStateEvidence } from '#profile/index.ts';
import type { ViewRange } from '../flame/view-range.ts';
import type { LaneLayout } from './lane-layout.ts';

/** What to draw, and for what part of the time. */
export interface TimelinePicture {
  readonly trace: Trace;
  readonly evidence: StateEvidence;
  readonly layout: LaneLayout;
  readonly range: ViewRange;
  /** By lane: how many of the spans before each row a search found; undefined without a search. */
  readonly matchesBefore: readonly Uint32Array[] | undefined;
  /** The name of a span, by its number. */
  label(name: number): string;
}

/** The visible part of the canvas, in CSS pixels. */
export interface TimelineViewport {
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly pixelRatio: number;
}

const evidences = new WeakMap<Trace, StateEvidence>();

/** What names and categories say of states: found once for a trace. */
export function evidenceOf(trace: Trace): StateEvidence {
  const known = evidences.get(trace) ?? toStateEvidence(trace.strings);
  evidences.set(trace, known);
  return known;
}
