import type { Bytes } from '../../model/profile.ts';
import type { HeapEdgeType, HeapNodeType, HeapObjectId } from '../model/heap-graph.ts';

/** A part of a long list: the first row wanted, and how many. Never more than `MAX_HEAP_ROWS` are answered at once. */
export interface HeapPage {
  readonly offset: number;
  readonly limit: number;
}
export const MAX_HEAP_ROWS = 500;

export interface HeapRows<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all. */
  readonly total: number;
}

export type HeapObjectSort = 'retained' | 'shallow' | 'distance' | 'id' | 'name';
export type HeapClassSort = 'retained' | 'shallow' | 'count' | 'distance' | 'name';

export interface HeapOrder<Sort extends string> {
  readonly by: Sort;
  readonly descending: boolean;
}

/** One object, as it stands in any list. */
export interface HeapObjectRow {
  readonly id: HeapObjectId;
  readonly type: HeapNodeType;
  /** The class: a constructor's name, `(string)`, `(array)`, `(closure)` … */
  readonly className: string;
  /** What is to be read: a string's content (cut), a function's name, `Player {id, name, seat}`. */
  readonly label: string;
  readonly shallowBytes: Bytes;
  readonly retainedBytes: Bytes;
  /** Edges from the root; undefined for what nothing holds, or V8 alone. */
  readonly distance: number | undefined;
  readonly isDetached: boolean;
  /** How many objects this one immediately dominates: whether a row of the dominator tree opens. */
  readonly dominatedCount: number;
}

export interface HeapClassRow {
  readonly className: string;
  readonly count: number;
  readonly shallowBytes: Bytes;
  /** Of all its objects together, each byte once. */
  readonly retainedBytes: Bytes;
  /** The least of its objects. */
  readonly distance: number | undefined;
}

/** An edge with the object at its other end. */
export interface HeapReferenceRow {
  readonly edgeType: HeapEdgeType;
  /** `seats`, `[3]`, `context of login` … as one reads it. */
  readonly edgeName: string;
  readonly object: HeapObjectRow;
}

/**
 * Retainers of many objects, merged by what is read: all that are held through the same field of the same class stand in one
 * row. Each object is followed along its shortest way from the root and so counts once, in the row of its nearest holder; an
 * array that V8 keeps entries in is passed over, so that a Map's values are held by `table[]` of Map. A row of the tree is
 * addressed by the keys on its way from the top.
 */
export interface HeapRetainerPathRow {
  readonly key: string;
  readonly className: string;
  readonly edgeName: string;
  /**
   * How many of the objects asked about are held this way, and what they retain, each byte once in all rows together. Where one
   * object was asked about every row has all that it retains: each of them holds it.
   */
  readonly heldCount: number;
  readonly heldBytes: Bytes;
  /** How many objects of the class hold them. */
  readonly holderCount: number;
  /** One of the holders, to go on from. */
  readonly example: HeapObjectRow;
  readonly opens: boolean;
}

export interface HeapSummary {
  readonly objectCount: number;
  readonly referenceCount: number;
  readonly totalBytes: Bytes;
  /** What nothing holds any more, and was counted all the same. */
  readonly unreachableBytes: Bytes;
  /** What the bytes are, heaviest first: strings, arrays, code, objects … their sum is `totalBytes`. */
  readonly categories: readonly {
    readonly category: HeapCategory;
    readonly bytes: Bytes;
    readonly count: number;
  }[];
  readonly detachedCount: number;
}
export type HeapCategory =
  | 'code'
  | 'strings'
  | 'arrays'
  | 'typed arrays'
  | 'objects'
  | 'closures'
  | 'system'
  | 'other';

export interface DuplicateStringRow {
  /** Cut to what fits a line. */
  readonly text: string;
  /** V8 keeps the first 1024 characters alone: the strings begin alike and are of one size, and may differ after that. */
  readonly isBeginning: boolean;
  readonly count: number;
  readonly totalBytes: Bytes;
  /** What all but one of them take. */
  readonly wastedBytes: Bytes;
  /** One of them. */
  readonly example: HeapObjectId;
}

/**
 * In what way something piles up: in a collection, as listeners of an emitter, as timers that nobody clears, in what closures
 * remember, as a chain in which each object holds the next, as promises that wait, or in one huge string or buffer.
 */
export const LEAK_WAYS = [
  'array',
  'map',
  'set',
  'object fields',
  'listeners',
  'timers',
  'closure',
  'chain',
  'promises',
  'string',
  'buffer',
] as const;
export type LeakWay = (typeof LEAK_WAYS)[number];

/** The field or variable that something is kept in, as whoever wrote the program knows it. */
export interface HeapPlace {
  /** `sessions`, or `[3]` where nothing nearer has a name. */
  readonly name: string;
  /** A variable stands in the scope of functions, a field in an object. */
  readonly kind: 'field' | 'variable';
  /** The object or scope that has the field or variable. */
  readonly owner: HeapObjectRow;
  /** The file with the code of that object's class or of that scope, as far as the snapshot says. */
  readonly scriptName: string | undefined;
}

/** A ranked suspicion, in numbers: the words are the page's. */
export interface LeakSuspect {
  readonly kind: 'one object' | 'many of a class';
  /** The class of what piles up. */
  readonly className: string;
  readonly count: number;
  /** One of them, to look at. */
  readonly example: HeapObjectRow;
  /** What they retain. */
  readonly retainedBytes: Bytes;
  /** Of the whole heap. */
  readonly share: number;
  readonly way: LeakWay;
  /** Where the accumulation is kept; undefined when nothing on the way from the root has a name. */
  readonly place: HeapPlace | undefined;
  /** Where it piles up: the object below which the weight spreads over many. */
  readonly accumulation: HeapObjectRow;
  /** How one gets from the root to it: the shortest way, root first. */
  readonly path: readonly HeapReferenceRow[];
  /** What it holds, by class, heaviest first. */
  readonly held: readonly HeapClassRow[];
  /** From 0 to 1: the higher, the more it looks like a leak. */
  readonly score: number;
}

/** Two snapshots side by side. */
export interface HeapComparison {
  /**
   * Whether an id stands for the same object in both. If not, new, gone and grown say nothing (all are new, and all gone), and
   * what can be compared is counts and sizes: by class, and by who holds them (`compareRetainerPaths`).
   */
  readonly idsHold: boolean;
  /**
   * Of how many processes they are, as far as whoever opened them knows. Two of one process have other ids when each was
   * written by a copy of the process: V8 numbers objects when it writes a snapshot, and that numbering ends with the copy.
   */
  readonly processes: 'one' | 'two' | 'not known';
  /** Ids that stand for an object of the same class in both, as a share of the snapshot that has fewer objects. */
  readonly commonShare: number;
  readonly objectsBefore: number;
  readonly objectsAfter: number;
  readonly bytesBefore: Bytes;
  readonly bytesAfter: Bytes;
  readonly newCount: number;
  readonly newBytes: Bytes;
  readonly goneCount: number;
  readonly goneBytes: Bytes;
  /** In both, and retaining more than before. */
  readonly grownCount: number;
}

/** An object that is new, gone or grown. */
export interface HeapChangedObjectRow extends HeapObjectRow {
  /** By how much more it retains than before: a new one all it retains, one that is gone less than nothing. */
  readonly grownBytes: Bytes;
}

/** The last three are by how much there is more than before, and need no ids. */
export type HeapCompareSort =
  | 'grownBytes'
  | 'newBytes'
  | 'goneBytes'
  | 'newCount'
  | 'goneCount'
  | 'name'
  | 'moreCount'
  | 'moreShallow'
  | 'moreRetained';

/**
 * How a class has changed between two snapshots. Bytes of new and gone objects are their own, so that they add up; what has grown
 * is told by what it retains, and of objects that hold each other each grows by the same. Before and after are told by the
 * class's name: plain objects are called by what many share (`{id, name}`), which may be another many in another snapshot.
 */
export interface HeapClassChange {
  readonly className: string;
  readonly newCount: number;
  readonly newBytes: Bytes;
  readonly goneCount: number;
  readonly goneBytes: Bytes;
  readonly keptCount: number;
  /** Of those in both: how many retain more than before, and by how much more. */
  readonly grownCount: number;
  readonly grownBytes: Bytes;
  readonly countBefore: number;
  readonly countAfter: number;
  readonly shallowBytesBefore: Bytes;
  readonly shallowBytesAfter: Bytes;
  /** Of all its objects together, each byte once. */
  readonly retainedBytesBefore: Bytes;
  readonly retainedBytesAfter: Bytes;
}

/** A row of `HeapRetainerPathRow` in both snapshots, found by its key; 0 where a snapshot has no such row. */
export interface HeapRetainerPathChange {
  readonly key: string;
  readonly className: string;
  readonly edgeName: string;
  readonly heldCountBefore: number;
  readonly heldCountAfter: number;
  readonly heldBytesBefore: Bytes;
  readonly heldBytesAfter: Bytes;
  readonly holderCountBefore: number;
  readonly holderCountAfter: number;
  /** One of the holders in the later snapshot; undefined when nothing is held this way any more. */
  readonly example: HeapObjectRow | undefined;
  readonly opens: boolean;
}

/** Everything that can be asked of an open snapshot; an answer's shape follows from `ask` (`HeapAnswers`). */
export type HeapQuery =
  | { readonly ask: 'summary' }
  | {
      readonly ask: 'classes';
      readonly filter: string;
      readonly order: HeapOrder<HeapClassSort>;
      readonly page: HeapPage;
    }
  /** Objects that match: of one class, or by the filter language. */
  | {
      readonly ask: 'objects';
      readonly className?: string;
      readonly filter: string;
      readonly order: HeapOrder<HeapObjectSort>;
      readonly page: HeapPage;
    }
  /** What an object immediately dominates; the root where no object is named. */
  | {
      readonly ask: 'dominated';
      readonly object?: HeapObjectId;
      readonly order: HeapOrder<HeapObjectSort>;
      readonly page: HeapPage;
    }
  | { readonly ask: 'object'; readonly object: HeapObjectId }
  | {
      readonly ask: 'fields';
      readonly object: HeapObjectId;
      readonly filter: string;
      readonly page: HeapPage;
    }
  /** Who holds it, nearest to the root first. Those ignored stand last in ranking of distances: the ways through them do not count. */
  | {
      readonly ask: 'retainers';
      readonly object: HeapObjectId;
      readonly ignored: readonly HeapObjectId[];
      readonly page: HeapPage;
    }
  | { readonly ask: 'pathFromRoot'; readonly object: HeapObjectId; readonly ignored: readonly HeapObjectId[] }
  /** Merged retainers of a class, of one object, or of what was matched; `path` opens a row. */
  | {
      readonly ask: 'retainerPaths';
      readonly of: { readonly className: string } | { readonly object: HeapObjectId };
      readonly path: readonly string[];
      readonly ignored: readonly HeapObjectId[];
      readonly page: HeapPage;
    }
  | {
      readonly ask: 'retainedSet';
      readonly object: HeapObjectId;
      readonly order: HeapOrder<HeapClassSort>;
      readonly page: HeapPage;
    }
  | { readonly ask: 'text'; readonly object: HeapObjectId; readonly offset: number }
  | { readonly ask: 'duplicateStrings'; readonly filter: string; readonly page: HeapPage }
  | { readonly ask: 'suspects' }
  /** Whether the earlier snapshot can be compared at all, and what changed in all. */
  | { readonly ask: 'comparison' }
  /** Against the snapshot that was opened as the earlier one. */
  | {
      readonly ask: 'compareClasses';
      readonly filter: string;
      readonly order: HeapOrder<HeapCompareSort>;
      readonly page: HeapPage;
    }
  | {
      readonly ask: 'compareObjects';
      readonly className: string;
      readonly change: 'new' | 'gone' | 'grown';
      readonly order: HeapOrder<HeapObjectSort>;
      readonly page: HeapPage;
    }
  /** What holds the new and the grown of a class: merged retainers of those alone. */
  | {
      readonly ask: 'compareHolders';
      readonly className: string;
      readonly path: readonly string[];
      readonly page: HeapPage;
    }
  /**
   * What holds a class, before and after: the merged retainers of all its objects in either snapshot, laid over each other by
   * what is read. Needs no ids. What holds more bytes than before stands first.
   */
  | {
      readonly ask: 'compareRetainerPaths';
      readonly className: string;
      readonly path: readonly string[];
      readonly page: HeapPage;
    };

/** One object, whole. */
export interface HeapObjectDetail {
  readonly row: HeapObjectRow;
  readonly fieldCount: number;
  readonly retainerCount: number;
  /** From its immediate dominator up towards the root: the nearest 200 of `dominatorCount`. */
  readonly dominators: readonly HeapObjectRow[];
  readonly dominatorCount: number;
  /** Where its code stands, for functions and what they made, as far as the snapshot says. */
  readonly scriptName: string | undefined;
}

/** So many UTF-16 units of a text are told at once. */
export const MAX_HEAP_TEXT = 65_536;

export interface HeapText {
  readonly text: string;
  /** Of all that the snapshot has of it, in UTF-16 units. */
  readonly length: number;
  /**
   * V8 keeps the first 1024 characters of a string alone (`beginning`: of this one, or of one that it was put together from), and
   * does not say which part of another string a sliced one is (`sliced from`: the text is that of the other).
   */
  readonly extent: 'whole' | 'beginning' | 'sliced from';
  /** The agent has put lengths in place of contents, in all of it or in parts. */
  readonly isRedacted: boolean;
}

export interface DuplicateStrings extends HeapRows<DuplicateStringRow> {
  /** Strings whose content the agent took out: nobody can tell which of them are equal, so they are in no row. */
  readonly redactedCount: number;
  readonly redactedBytes: Bytes;
}

export interface HeapAnswers {
  summary: HeapSummary;
  classes: HeapRows<HeapClassRow>;
  objects: HeapRows<HeapObjectRow>;
  dominated: HeapRows<HeapObjectRow>;
  object: HeapObjectDetail;
  fields: HeapRows<HeapReferenceRow>;
  retainers: HeapRows<HeapReferenceRow>;
  /**
   * Each step is an edge with what it leads to: the first begins at the root, the last leads to the object; of more than 500 the
   * last are told. `system`: only V8's own roots lead there. `weak`: only weak edges do, which hold nothing. `none`: nothing does.
   */
  pathFromRoot: {
    readonly steps: readonly HeapReferenceRow[];
    readonly way: 'strong' | 'system' | 'weak' | 'none';
  };
  retainerPaths: HeapRows<HeapRetainerPathRow>;
  retainedSet: HeapRows<HeapClassRow>;
  text: HeapText;
  duplicateStrings: DuplicateStrings;
  suspects: { readonly suspects: readonly LeakSuspect[] };
  comparison: HeapComparison;
  compareClasses: HeapRows<HeapClassChange>;
  compareObjects: HeapRows<HeapChangedObjectRow>;
  compareHolders: HeapRows<HeapRetainerPathRow>;
  compareRetainerPaths: HeapRows<HeapRetainerPathChange>;
}

export type HeapAnswer<Query extends HeapQuery> = HeapAnswers[Query['ask']];
