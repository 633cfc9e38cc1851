import { HEAP_EDGE_TYPES, HEAP_NODE_TYPES } from '../model/heap-graph.ts';

/** Types that the analysis asks for, by number. */
export const NODE_TYPE = {
  hidden: HEAP_NODE_TYPES.indexOf('hidden'),
  array: HEAP_NODE_TYPES.indexOf('array'),
  native: HEAP_NODE_TYPES.indexOf('native'),
  synthetic: HEAP_NODE_TYPES.indexOf('synthetic'),
} as const;

export const EDGE_TYPE = {
  element: HEAP_EDGE_TYPES.indexOf('element'),
  internal: HEAP_EDGE_TYPES.indexOf('internal'),
  hidden: HEAP_EDGE_TYPES.indexOf('hidden'),
  shortcut: HEAP_EDGE_TYPES.indexOf('shortcut'),
  weak: HEAP_EDGE_TYPES.indexOf('weak'),
} as const;
