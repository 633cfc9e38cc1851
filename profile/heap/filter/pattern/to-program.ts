import { HeapFilterError } from '../../../errors.ts';
import type { PatternNode, Range } from './pattern-node.ts';

/** A step of the program: it takes a unit and goes on, or goes on at one or two places without taking any. */
export type Step =
  | { readonly kind: 'unit'; readonly ranges: readonly Range[]; readonly next: number }
  | { readonly kind: 'begin' | 'end'; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number; readonly other: number }
  | { readonly kind: 'found' };

const MOST_STEPS = 1000;

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/**
 * Thompson's construction, from behind: what a step goes on to is there before it is.
 *
 * @see Ken Thompson, Regular Expression Search Algorithm, CACM 11 (1968)
 * @throws HeapFilterError when the pattern would become too large
 */
export function toProgram(pattern: PatternNode, offset: number): Program {
  const steps: Step[] = [{ kind: 'found' }];
  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS)
      throw new HeapFilterError(offset, 'a simpler pattern: this one repeats too much');
    return steps.push(step) - 1;
  };

  function build(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'begin':
      case 'end':
        return add({ kind: node.kind, next });
      case 'unit':
        return add({ kind: 'unit', ranges: node.ranges, next });
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after), next);
      case 'choice':
        return node.parts
          .map((part) => build(part, next))
          .reduceRight((other, one) => add({ kind: 'fork', next: one, other }));
      case 'repeat':
        return repeat(node.part, node.least, node.most, next);
    }
  }

  function repeat(part: PatternNode, least: number, most: number, next: number): number {
    let start = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop = add({ kind: 'fork', next, other: next });
      steps[loop] = { kind: 'fork', next: build(part, loop), other: next };
      start = loop;
    } else {
      for (let more = least; more < most; more++) {
        start = add({ kind: 'fork', next: build(part, start), other: next });
      }
    }
    for (let times = 0; times < least; times++) {
      const before = start;
      start = build(part, start);
      // It takes nothing, however often: groups of such in each other would multiply for ever.
      if (start === before) break;
    }
    return start;
  }

  const start = build(pattern, 0);
  return { steps, start };
}
