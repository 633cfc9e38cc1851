import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';

const FIRST_PAGE = { offset: 0, limit: 100 };

export const FIRST_CLASSES = {
  ask: 'classes',
  filter: '',
  order: { by: 'retained', descending: true },
  page: FIRST_PAGE,
} as const satisfies HeapQuery;

/** What somebody who opens a snapshot again sees first, and who holds one object of it. */
export const firstQuestions = (object: HeapObjectId) =>
  [
    { ask: 'summary' },
    FIRST_CLASSES,
    { ask: 'retainers', object, ignored: [], page: FIRST_PAGE },
  ] as const satisfies readonly HeapQuery[];

/** One of the heaviest objects of a class that has many. */
export const HEAVY_OBJECTS = {
  ask: 'objects',
  className: 'Map',
  filter: '',
  order: { by: 'retained', descending: true },
  page: { offset: 10, limit: 1 },
} as const satisfies HeapQuery;
