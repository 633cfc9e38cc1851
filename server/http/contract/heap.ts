import { z } from 'zod';
import { CaptureId, Instant } from './ids.ts';

export const HEAP_PHASES = ['reading', 'retainers', 'dominators', 'sizes', 'names'] as const;

/** What became of the index that makes the next opening instant. */
export const HeapIndexState = z
  .enum(['kept', 'writing', 'not-kept'])
  .meta({ description: 'not-kept: the next opening takes as long as the first (`indexReason` says why)' });
export type HeapIndexState = z.infer<typeof HeapIndexState>;

/**
 * How a heap snapshot stands with the server: `closed → waiting → opening → open → closed`, or `failed`. Nobody need open
 * one: a question does. An opening that nobody asks for any more (neither question nor state) is given up.
 */
export const HeapState = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('closed'),
      hasIndex: z.boolean().meta({ description: 'Whether it opens from its index, in a moment' }),
    }),
    z.object({
      state: z.literal('waiting'),
      since: Instant,
      why: z.string().meta({ description: 'A sentence: what has to end before' }),
    }),
    z.object({
      state: z.literal('opening'),
      since: Instant,
      from: z.enum(['index', 'artifact']),
      phase: z.enum(HEAP_PHASES),
      phaseShare: z.number().min(0).max(1),
      share: z.number().min(0).max(1).meta({ description: 'Of the whole work, estimated' }),
      remainingMs: z.int().nullable().meta({ description: 'null while it cannot be told' }),
      memoryBytes: z.int(),
      memoryLimitBytes: z.int(),
    }),
    z.object({
      state: z.literal('open'),
      since: Instant,
      from: z.enum(['index', 'artifact']),
      openedInMs: z.int(),
      memoryBytes: z.int(),
      memoryLimitBytes: z.int(),
      index: HeapIndexState,
      indexReason: z.string().nullable().meta({ description: 'A sentence: why there is no index' }),
      idleEndsAt: Instant.nullable().meta({
        description: 'When it closes by itself unless somebody asks; null while something is being answered',
      }),
    }),
    z.object({
      state: z.literal('failed'),
      at: Instant,
      code: z.string().meta({ description: 'docs/errors.md' }),
      message: z.string(),
    }),
  ])
  .meta({ id: 'HeapState', description: 'How a heap snapshot stands with the server' });
export type HeapState = z.infer<typeof HeapState>;

const MAX_ROWS = 500;
const Page = z.object({
  offset: z.int().min(0).max(0xffffffff),
  limit: z.int().min(1).max(MAX_ROWS),
});
const ObjectId = z.int().min(0).max(0xffffffff).meta({ description: "V8's id of an object" });
const Filter = z.string().max(1000);
const ClassName = z.string().max(2000);
const Ignored = z.array(ObjectId).max(500);
const Path = z.array(z.string().max(4000)).max(200);

function order<const Sorts extends readonly string[]>(sorts: Sorts) {
  return z.object({ by: z.enum(sorts), descending: z.boolean() });
}
const ObjectOrder = order(['retained', 'shallow', 'distance', 'id', 'name']);
const ClassOrder = order(['retained', 'shallow', 'count', 'distance', 'name']);
const CompareOrder = order([
  'grownBytes',
  'newBytes',
  'goneBytes',
  'newCount',
  'goneCount',
  'name',
  'moreCount',
  'moreShallow',
  'moreRetained',
]);

/** The same as `HeapQuery` in profile/heap/query, as it crosses the wire; the compiler holds the two together (heap.test.ts). */
export const HeapQuestion = z
  .discriminatedUnion('ask', [
    z.object({ ask: z.literal('summary') }),
    z.object({ ask: z.literal('classes'), filter: Filter, order: ClassOrder, page: Page }),
    z.object({
      ask: z.literal('objects'),
      className: ClassName.exactOptional(),
      filter: Filter,
      order: ObjectOrder,
      page: Page,
    }),
    z.object({
      ask: z.literal('dominated'),
      object: ObjectId.exactOptional(),
      order: ObjectOrder,
      page: Page,
    }),
    z.object({ ask: z.literal('object'), object: ObjectId }),
    z.object({ ask: z.literal('fields'), object: ObjectId, filter: Filter, page: Page }),
    z.object({ ask: z.literal('retainers'), object: ObjectId, ignored: Ignored, page: Page }),
    z.object({ ask: z.literal('pathFromRoot'), object: ObjectId, ignored: Ignored }),
    z.object({
      ask: z.literal('retainerPaths'),
      of: z.union([z.object({ className: ClassName }).strict(), z.object({ object: ObjectId }).strict()]),
      path: Path,
      ignored: Ignored,
      page: Page,
    }),
    z.object({ ask: z.literal('retainedSet'), object: ObjectId, order: ClassOrder, page: Page }),
    z.object({ ask: z.literal('text'), object: ObjectId, offset: z.int().min(0).max(0x3fffffff) }),
    z.object({ ask: z.literal('duplicateStrings'), filter: Filter, page: Page }),
    z.object({ ask: z.literal('suspects') }),
    z.object({ ask: z.literal('comparison') }),
    z.object({ ask: z.literal('compareClasses'), filter: Filter, order: CompareOrder, page: Page }),
    z.object({
      ask: z.literal('compareObjects'),
      className: ClassName,
      change: z.enum(['new', 'gone', 'grown']),
      order: ObjectOrder,
      page: Page,
    }),
    z.object({ ask: z.literal('compareHolders'), className: ClassName, path: Path, page: Page }),
    z.object({ ask: z.literal('compareRetainerPaths'), className: ClassName, path: Path, page: Page }),
  ])
  .meta({ id: 'HeapQuestion', description: 'Everything that can be asked of a heap snapshot' });
export type HeapQuestion = z.infer<typeof HeapQuestion>;

/** `earlier` belongs to the questions that compare, and to those alone. */
export const HeapRequest = z
  .object({
    query: HeapQuestion,
    earlier: CaptureId.exactOptional().meta({
      description: 'The earlier snapshot, of the same instance: what compare… is about',
    }),
  })
  .meta({ id: 'HeapRequest', description: 'A question to a heap snapshot' });
export type HeapRequest = z.infer<typeof HeapRequest>;

export const HeapReply = z
  .object({
    answer: z.record(z.string(), z.unknown()).meta({
      description: 'Its shape follows from `ask`: HeapAnswers in profile/heap/query/heap-query.ts',
    }),
    comparedWith: z
      .object({
        captureId: CaptureId,
        sameProcess: z.boolean().meta({
          description:
            'false: of another instance, so ids say nothing and what is the same by them is by chance',
        }),
      })
      .nullable(),
    tookMs: z.number().meta({ description: 'In the process that answered, without waiting' }),
  })
  .meta({ id: 'HeapReply', description: 'The answer to a question' });
export type HeapReply = z.infer<typeof HeapReply>;
