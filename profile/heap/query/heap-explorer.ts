import { HeapQueryError } from '../../errors.ts';
import { answerClasses } from './answers/classes.ts';
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
import type { HeapAnswer, HeapAnswers, HeapQuery } from './heap-query.ts';
import type { OpenHeap } from './open-heap.ts';

/** What a question is answered from. */
export interface HeapsAsked {
  readonly heap: OpenHeap;
  /** The earlier snapshot, where two are compared. */
  readonly earlier?: OpenHeap;
}

type AnswerTo<Ask extends HeapQuery['ask']> = (
  asked: HeapsAsked,
  query: Extract<HeapQuery, { ask: Ask }>,
) => HeapAnswers[Ask];

/** One function per question. */
const ANSWERS: { readonly [Ask in HeapQuery['ask']]?: AnswerTo<Ask> } = {
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
};

/** Answers every question about a heap. What takes long the first time is kept for the next. */
export class HeapExplorer {
  readonly #asked: HeapsAsked;

  /** @param earlier the snapshot that this one is compared with */
  constructor(heap: OpenHeap, earlier?: OpenHeap) {
    this.#asked = earlier === undefined ? { heap } : { heap, earlier };
  }

  /** @throws ProfileError with a sentence for whoever asked: a filter not understood, an object that is not there */
  answer<Query extends HeapQuery>(query: Query): HeapAnswer<Query> {
    const answer = ANSWERS[query.ask] as AnswerTo<Query['ask']> | undefined;
    if (answer === undefined) throw new HeapQueryError(`“${query.ask}” is not known`);
    return answer(this.#asked, query as never);
  }
}
