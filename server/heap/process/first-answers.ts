import { IndexUnusable } from '#profile/heap/index-file/index-table.ts';
import { type HeapAnswers, type HeapQuery, MAX_HEAP_ROWS } from '#profile/heap/query/heap-query.ts';

const PAGE = { offset: 0, limit: MAX_HEAP_ROWS };

/** What is asked of a snapshot first, and answered in a moment. */
export const FIRST_QUESTIONS: readonly HeapQuery[] = [
  { ask: 'summary' },
  ...(['retained', 'shallow', 'count'] as const).map((by) => ({
    ask: 'classes' as const,
    filter: '',
    order: { by, descending: true },
    page: PAGE,
  })),
  { ask: 'dominated', order: { by: 'retained', descending: true }, page: PAGE },
];

/** What goes through the whole heap, and is worth being kept for that. */
export const LARGE_QUESTIONS: readonly HeapQuery[] = [
  { ask: 'suspects' },
  { ask: 'duplicateStrings', filter: '', page: PAGE },
];

const KEPT = new Map([...FIRST_QUESTIONS, ...LARGE_QUESTIONS].map((query) => [toKey(query), query]));

type Answer = HeapAnswers[keyof HeapAnswers];

/**
 * Answers that are ready-made, so that whoever opens the snapshot again waits for nothing. Of lists the first rows are kept, so any
 * page within them is there, too.
 */
export class FirstAnswers {
  readonly #byQuestion: Map<string, Answer>;

  constructor(answers: Iterable<readonly [string, Answer]> = []) {
    this.#byQuestion = new Map(answers);
  }

  /** @throws IndexUnusable when it is not what `toBytes` made */
  static fromBytes(bytes: Uint8Array): FirstAnswers {
    try {
      return new FirstAnswers(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (error) {
      throw new IndexUnusable('its answers cannot be understood', { cause: error });
    }
  }

  toBytes(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify([...this.#byQuestion]));
  }

  get size(): number {
    return this.#byQuestion.size;
  }

  /** The question to be answered and kept when this is asked, as long as its answer can be; undefined for one that is not kept. */
  toKept(query: HeapQuery): HeapQuery | undefined {
    const kept = KEPT.get(toKey(query));
    if (!kept || !('page' in query)) return kept;
    return query.page.offset + query.page.limit <= MAX_HEAP_ROWS ? kept : undefined;
  }

  keep(query: HeapQuery, answer: Answer): void {
    this.#byQuestion.set(toKey(query), answer);
  }

  find(query: HeapQuery): Answer | undefined {
    const answer = this.#byQuestion.get(toKey(query));
    if (!answer || !('page' in query) || !('rows' in answer)) return answer;
    const { offset, limit } = query.page;
    const { rows, total } = answer as { rows: readonly unknown[]; total: number };
    const end = Math.min(total, offset + limit);
    return end <= rows.length ? ({ ...answer, rows: rows.slice(offset, end) } as Answer) : undefined;
  }
}

/** The question without the page, its keys in one order. */
function toKey(query: HeapQuery): string {
  const { page: _, ...rest } = query as HeapQuery & { page?: unknown };
  return JSON.stringify(rest, (_key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
