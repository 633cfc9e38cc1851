import { findCommonHolder, isInternal, ownerOf } from './holders.ts';
import { isCommonGround, isOrdinary } from './ordinary.ts';
import { findPiles, type Pile } from './pile.ts';
import { classNameOf, isReadable, readableWithin, type Subject } from './subject.ts';
import type { PiledUp } from './suspicion.ts';

/** What spreads over many, with the object that a program knows as the one where it does. */
export function fromPiles(subject: Subject): PiledUp[] {
  return findPiles(subject).flatMap((pile) => fromPile(subject, pile) ?? []);
}

function fromPile(subject: Subject, { under, count, bytes, sample }: Pile): PiledUp | undefined {
  const { analysis, classes } = subject;
  const [first] = sample;
  if (first === undefined || isOrdinary(analysis, first, classNameOf(subject, first))) return undefined;
  const common = findCommonHolder(analysis, sample);
  const owner = ownerOf(analysis, under);
  const accumulation = common?.holder ?? (isInternal(analysis, owner) ? undefined : owner);
  if (accumulation === undefined || isCommonGround(classNameOf(subject, accumulation))) return undefined;
  const between = common?.held.find((node) => isReadable(subject, node));
  const example = isReadable(subject, first) ? first : (between ?? readableWithin(subject, first));
  const ofClass = classes.classOf[example] as number;
  return { kind: 'many of a class', accumulation, ofClass, count, bytes, example, way: undefined };
}
