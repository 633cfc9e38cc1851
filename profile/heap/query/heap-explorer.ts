import { HeapQueryError } from '../../errors.ts';
import { finish, type Steps } from '../analysis/steps.ts';
import { HeapPair } from '../compare/heap-pair.ts';
import { answerClasses } from './answers/classes.ts';
import { answerCompareClasses } from './answers/compare-classes.ts';
import { answerCompareHolders } from './answers/compare-holders.ts';
import { answerCompareObjects } from './answers/compare-objects.ts';
import { answerCompareRetainerPaths } from './answers/compare-retainer-paths.ts';
import { answerComparison } from './answers/comparison.ts';
import { answerDominated } from './answers/dominated.ts';
import { answerDuplicateStrings } from './answers/duplicate-strings.ts';
import { answerFields } from './answers/fields.ts';
import { answerObject } from './answers/object.ts';
import { answerObjects } from './answers/objects.ts';
import { answerPathFromRoot } from './answers/path-from-root.ts';
import { answerRetainedSet } from './answers/retained-set.ts';
import { answerRetainerPaths } from './answers/retainer-paths.ts';
import { answerRetainers } from './answers/retainers.ts';
import { answerSummary } from './answers/summary.ts';
import { answerSuspects } from './answers/suspects.ts';
import { answerText } from './answers/text.ts';
import type { HeapAnswer, HeapAnswers, HeapComparison, HeapQuery } from './heap-query.ts';
import type { OpenHeap } from './open-heap.ts';

/** What a question is answered from. */
interface HeapsAsked {
  readonly heap: OpenHeap;
  /**
   * With the earlier snapshot.
   *
   * @throws HeapQueryError when there is none
   */
  readonly pair: HeapPair;
}

type AnswerTo<Ask extends HeapQuery['ask']> = (
  asked: HeapsAsked,
  query: Extract<HeapQuery, { ask: Ask }>,
) => HeapAnswers[Ask] | Steps<HeapAnswers[Ask]>;

/** One function per question; those that may take long stop now and then. */
const ANSWERS: { readonly [Ask in HeapQuery['ask']]: AnswerTo<Ask> } = {
  summary: ({ heap }) => answerSummary(heap),
  classes: ({ heap }, query) => answerClasses(heap, query),
  objects: ({ heap }, query) => answerObjects(heap, query),
  dominated: ({ heap }, query) => answerDominated(heap, query),
  object: ({ heap }, query) => answerObject(heap, query),
  fields: ({ heap }, query) => answerFields(heap, query),
  retainers: ({ heap }, query) => answerRetainers(heap, query),
  pathFromRoot: ({ heap }, query) => answerPathFromRoot(heap, query),
  retainerPaths: ({ heap }, query) => answerRetainerPaths(heap, query),
  retainedSet: ({ heap }, query) => answerRetainedSet(heap, query),
  duplicateStrings: ({ heap }, query) => answerDuplicateStrings(heap, query),
  text: ({ heap }, query) => answerText(heap, query),
  suspects: ({ heap }) => answerSuspects(heap),
  comparison: ({ pair }) => answerComparison(pair),
  compareClasses: ({ pair }, query) => answerCompareClasses(pair, query),
  compareObjects: ({ pair }, query) => answerCompareObjects(pair, query),
  compareHolders: ({ pair }, query) => answerCompareHolders(pair, query),
  compareRetainerPaths: ({ pair }, query) => answerCompareRetainerPaths(pair, query),
};

/** Answers every question about a heap. What takes long the first time is kept for the next. */
export class HeapExplorer implements HeapsAsked {
  readonly heap: OpenHeap;
  readonly #pair: HeapPair | undefined;

  /**
   * @param earlier the snapshot that this one is compared with
   * @param processes of how many processes the two are
   */
  constructor(heap: OpenHeap, earlier?: OpenHeap, processes?: HeapComparison['processes']) {
    this.heap = heap;
    this.#pair = earlier && new HeapPair(heap, earlier, processes);
  }

  /** @throws HeapQueryError when there is no earlier snapshot */
  get pair(): HeapPair {
    if (this.#pair === undefined) throw new HeapQueryError('compares, and there is no earlier snapshot');
    return this.#pair;
  }

  /** @throws ProfileError with a sentence for whoever asked: a filter not understood, an object that is not there */
  answer<Query extends HeapQuery>(query: Query): HeapAnswer<Query> {
    return finish(this.answering(query));
  }

  /** The same in steps of a few ms. Other questions may be answered in between, and one that is given up in time costs no more. */
  *answering<Query extends HeapQuery>(query: Query): Steps<HeapAnswer<Query>> {
    const answer = ANSWERS[query.ask] as AnswerTo<Query['ask']> | undefined;
    if (answer === undefined) throw new HeapQueryError(`“${query.ask}” is not known`);
    const answered = answer(this, query as never);
    return Symbol.iterator in answered ? yield* answered : answered;
  }
}
