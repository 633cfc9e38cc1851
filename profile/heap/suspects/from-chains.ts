import { NODE_TYPE } from '../names/node-type.ts';
import { type Chain, findChains } from './chain.ts';
import { isInternal } from './holders.ts';
import { knownAbove, nameOfClass, readableWithin, type Subject } from './subject.ts';
import type { PiledUp } from './suspicion.ts';

/** What hangs on the first of objects that each hold the next: lists, texts put together piece by piece, promises that wait. */
export function fromChains(subject: Subject): PiledUp[] {
  return findChains(subject).map((chain) => {
    const isText = subject.analysis.graph.nodes.type[chain.first] === NODE_TYPE['concatenated string'];
    return isText ? textOf(chain) : listOf(subject, chain);
  });
}

function textOf({ first, ofClass, count, bytes }: Chain): PiledUp {
  return { kind: 'one object', accumulation: first, ofClass, count, bytes, example: first, way: 'string' };
}

/** Of links that are V8's own, a reader knows only what hangs on them. */
function listOf(subject: Subject, { first, ofClass, count, bytes, payload }: Chain): PiledUp {
  const { analysis, classes } = subject;
  const isOfV8 = isInternal(analysis, first);
  const hanging = isOfV8 ? payload : undefined;
  const example = readableWithin(subject, hanging?.example ?? first);
  return {
    kind: 'many of a class',
    accumulation: knownAbove(subject, first),
    ofClass: classes.classOf[example] as number,
    count: hanging?.count ?? count,
    bytes,
    example,
    way: isOfV8 || nameOfClass(classes, ofClass) === 'Promise' ? 'promises' : 'chain',
  };
}
