import type { FrameSelector, Transform } from '#profile/index.ts';
import { ORIGIN } from '#profile/index.ts';
import { MOST_TRANSFORMS } from '../state/viewer-state.ts';

export type FrameTransformKind = Exclude<Transform['kind'], 'collapse-recursion'>;

/** What a reader sees as one thing that was done: a chip. */
export type AppliedStep =
  | { readonly kind: 'only-own'; readonly from: number; readonly length: number }
  | { readonly kind: 'one'; readonly transform: Transform; readonly from: number; readonly length: 1 };

const OTHERS_CODE = [ORIGIN.package, ORIGIN.runtime, ORIGIN.native];

/** Hides all code that is somebody else's. Idle time and garbage collection are nobody's, and stay. */
const ONLY_OWN: readonly Transform[] = OTHERS_CODE.map((origin) => ({
  kind: 'hide',
  frames: { by: 'origin', origin },
}));

/** The list as chips: that only own code is shown is three transforms, and one thing to a reader. */
export function toSteps(transforms: readonly Transform[]): AppliedStep[] {
  const steps: AppliedStep[] = [];
  for (let at = 0; at < transforms.length; ) {
    const transform = transforms[at] as Transform;
    const step: AppliedStep = beginsOnlyOwn(transforms, at)
      ? { kind: 'only-own', from: at, length: ONLY_OWN.length }
      : { kind: 'one', transform, from: at, length: 1 };
    steps.push(step);
    at += step.length;
  }
  return steps;
}

export function withoutStep(transforms: readonly Transform[], step: AppliedStep): readonly Transform[] {
  return transforms.toSpliced(step.from, step.length);
}

/** At the end; what is there already is not there twice, and beyond the limit nothing is added. */
export function withTransform(transforms: readonly Transform[], added: Transform): readonly Transform[] {
  if (transforms.some((transform) => isSame(transform, added))) return transforms;
  return transforms.length < MOST_TRANSFORMS ? [...transforms, added] : transforms;
}

export function isOnlyOwn(transforms: readonly Transform[]): boolean {
  return ONLY_OWN.every((wanted) => transforms.some((transform) => isSame(transform, wanted)));
}

export function withOnlyOwn(transforms: readonly Transform[], isOn: boolean): readonly Transform[] {
  const others = transforms.filter((transform) => !ONLY_OWN.some((own) => isSame(own, transform)));
  return isOn && others.length + ONLY_OWN.length <= MOST_TRANSFORMS ? [...others, ...ONLY_OWN] : others;
}

export function isRecursionCollapsed(transforms: readonly Transform[]): boolean {
  return transforms.some(({ kind }) => kind === 'collapse-recursion');
}

export function withRecursionCollapsed(
  transforms: readonly Transform[],
  isOn: boolean,
): readonly Transform[] {
  const others = transforms.filter(({ kind }) => kind !== 'collapse-recursion');
  return isOn ? withTransform(others, { kind: 'collapse-recursion' }) : others;
}

function beginsOnlyOwn(transforms: readonly Transform[], at: number): boolean {
  return ONLY_OWN.every((wanted, offset) => {
    const transform = transforms[at + offset];
    return transform !== undefined && isSame(transform, wanted);
  });
}

function isSame(one: Transform, other: Transform): boolean {
  if (one.kind === 'collapse-recursion' || other.kind === 'collapse-recursion')
    return one.kind === other.kind;
  return one.kind === other.kind && isSameSelector(one.frames, other.frames);
}

function isSameSelector(one: FrameSelector, other: FrameSelector): boolean {
  if (one.by === 'function' && other.by === 'function') {
    const { name, url, line, column } = one.function;
    const { function: its } = other;
    return name === its.name && url === its.url && line === its.line && column === its.column;
  }
  if (one.by === 'file' && other.by === 'file') return one.url === other.url;
  if (one.by === 'package' && other.by === 'package') return one.name === other.name;
  return one.by === 'origin' && other.by === 'origin' && one.origin === other.origin;
}
