import type { HeapPage, HeapRows } from '#profile/heap/query/heap-query.ts';
import { HeapAskCancelled } from '../source/heap-source.ts';
import { pathToText, type RowPath } from '../state/row-path.ts';

/** As many as fill a screen twice; an answer for them is on its way for a moment only. */
export const PAGE_ROWS = 100;
/** A row that stands further down than this is not looked for. */
const MOST_SOUGHT_PAGES = 100;

export interface PagedTreeSource<Row> {
  /** Rows right below the path, or those at the top where it is empty. */
  fetch(path: RowPath, page: HeapPage, signal: AbortSignal): Promise<HeapRows<Row>>;
  /** What tells a row from its neighbours. */
  keyOf(row: Row): string;
}

/** Where a row stands among those that are seen. */
interface Place {
  /** 1 for those at the top. */
  readonly level: number;
  /** Among its neighbours, from 0. */
  readonly position: number;
  readonly neighbours: number;
}

export type TreeLine<Row> =
  | (Place & { readonly state: 'row'; readonly row: Row; readonly path: RowPath; readonly isOpen: boolean })
  /** It is there, and what it is is on its way. */
  | (Place & { readonly state: 'waiting' })
  | (Place & { readonly state: 'failed'; readonly error: unknown });

interface Node<Row> {
  readonly path: RowPath;
  total: number | undefined;
  error: unknown;
  readonly pages: Map<number, readonly Row[]>;
  /** Those that are open and whose place is known, by their position. */
  opened: { readonly position: number; readonly node: Node<Row> }[];
  /** How many lines it takes with all that is open below. */
  lines: number;
}

interface AskedPage<Row> {
  readonly node: Node<Row>;
  readonly controller: AbortController;
  readonly since: number;
}

/**
 * A tree of any length of which only what is seen is fetched: rows come in pages, those below an open row with it. What is
 * asked for and no longer seen is given up.
 */
export class PagedTree<Row> {
  readonly #source: PagedTreeSource<Row>;
  readonly #onChange: () => void;
  readonly #root: Node<Row> = newNode([]);
  /** By the path of the row; kept when it closes, for it may open again. */
  readonly #nodes = new Map<string, Node<Row>>();
  readonly #asked = new Map<string, AskedPage<Row>>();
  #open: ReadonlySet<string> = new Set();
  #sought: RowPath | undefined;

  constructor(source: PagedTreeSource<Row>, onChange: () => void) {
    this.#source = source;
    this.#onChange = onChange;
  }

  /** How many lines there are; at least one while nothing is known. */
  get count(): number {
    return this.#root.lines;
  }

  /** How many rows are at the top; undefined until it is known. */
  get total(): number | undefined {
    return this.#root.total;
  }

  /** Since when rows are waited for that were asked for first, in ms of the clock that only goes forward; undefined while none is. */
  get askingSince(): number | undefined {
    const [oldest] = this.#asked.values();
    return oldest?.since;
  }

  /** What kept the top from coming. */
  get failure(): unknown {
    return this.#root.error;
  }

  setOpen(open: readonly RowPath[]): void {
    this.#open = new Set(open.map(pathToText));
    this.#arrange();
  }

  lineAt(index: number): TreeLine<Row> | undefined {
    if (index < 0 || index >= this.count) return undefined;
    let node = this.#root;
    let level = 1;
    let rest = index;
    for (;;) {
      const found = findIn(node, rest);
      if (found.below === undefined) return this.#lineOf(node, found.position, level);
      node = found.below;
      rest = found.rest;
      level += 1;
    }
  }

  /** The line of a row that is there; -1 for what is not open or has not come. */
  indexOf(path: RowPath): number {
    let node = this.#root;
    let before = 0;
    for (let depth = 0; depth < path.length; depth++) {
      const position = this.#positionOf(node, path[depth] as string);
      if (position === undefined) return -1;
      before += position;
      for (const opened of node.opened) if (opened.position < position) before += opened.node.lines;
      if (depth === path.length - 1) return before;
      const below = node.opened.find((opened) => opened.position === position)?.node;
      if (below === undefined) return -1;
      before += 1;
      node = below;
    }
    return -1;
  }

  /** Has pages fetched, one after another, until the row is there: a link names rows that stand far down. */
  seek(path: RowPath | undefined): void {
    this.#sought = path;
  }

  /** Fetches what is missing among these lines, and gives up what was asked for outside of them. */
  want(from: number, to: number): void {
    const wanted = new Set<string>();
    // What opens is counted before it is seen: how long everything is depends on it.
    for (const node of this.#openNodes()) if (node.total === undefined) this.#wantPage(node, 0, wanted);
    for (let index = from; index < to; index++) {
      const place = this.#placeOf(index);
      if (place !== undefined) this.#wantPage(place.node, Math.floor(place.position / PAGE_ROWS), wanted);
    }
    if (this.#sought !== undefined) this.#wantSought(this.#sought, wanted);
    for (const [key, { controller }] of this.#asked) {
      if (wanted.has(key)) continue;
      this.#asked.delete(key);
      controller.abort();
    }
  }

  /** Asks again for what failed. */
  retry(): void {
    for (const node of [this.#root, ...this.#nodes.values()]) node.error = undefined;
    this.#arrange();
    this.#onChange();
  }

  /** Gives up what was asked for. */
  stop(): void {
    for (const { controller } of this.#asked.values()) controller.abort();
    this.#asked.clear();
  }

  /** The same, and it is not asked for again before somebody wants to retry. */
  cancel(): void {
    for (const { node } of this.#asked.values()) node.error = new HeapAskCancelled();
    this.stop();
    this.#onChange();
  }

  #placeOf(index: number): { node: Node<Row>; position: number } | undefined {
    if (index < 0 || index >= this.count) return undefined;
    let node = this.#root;
    let rest = index;
    for (;;) {
      const found = findIn(node, rest);
      if (found.below === undefined) return { node, position: found.position };
      node = found.below;
      rest = found.rest;
    }
  }

  #lineOf(node: Node<Row>, position: number, level: number): TreeLine<Row> {
    const place = { level, position, neighbours: node.total ?? 1 };
    const row = node.pages.get(Math.floor(position / PAGE_ROWS))?.[position % PAGE_ROWS];
    if (row === undefined)
      return node.error === undefined
        ? { ...place, state: 'waiting' }
        : { ...place, state: 'failed', error: node.error };
    const path = [...node.path, this.#source.keyOf(row)];
    return { ...place, state: 'row', row, path, isOpen: this.#open.has(pathToText(path)) };
  }

  #positionOf(node: Node<Row>, key: string): number | undefined {
    for (const [page, rows] of node.pages) {
      const at = rows.findIndex((row) => this.#source.keyOf(row) === key);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return undefined;
  }

  #wantSought(path: RowPath, wanted: Set<string>): void {
    let node: Node<Row> | undefined = this.#root;
    for (const key of path) {
      const position = this.#positionOf(node, key);
      if (position === undefined) break;
      node = node.opened.find((opened) => opened.position === position)?.node;
      // It is there, or below what is closed.
      if (node === undefined) return;
    }
    const pages = Math.min(MOST_SOUGHT_PAGES, Math.ceil((node.total ?? 0) / PAGE_ROWS));
    let page = 0;
    while (node.pages.has(page)) page += 1;
    if (page < pages) this.#wantPage(node, page, wanted);
  }

  #wantPage(node: Node<Row>, page: number, wanted: Set<string>): void {
    const key = `${page} ${pathToText(node.path)}`;
    if (wanted.has(key)) return;
    wanted.add(key);
    if (node.pages.has(page) || node.error !== undefined || this.#asked.has(key)) return;
    const controller = new AbortController();
    this.#asked.set(key, { node, controller, since: performance.now() });
    this.#source
      .fetch(node.path, { offset: page * PAGE_ROWS, limit: PAGE_ROWS }, controller.signal)
      .then(({ rows, total }) => {
        if (controller.signal.aborted) return;
        node.pages.set(page, rows);
        node.total = total;
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) node.error = error;
      })
      .finally(() => {
        if (controller.signal.aborted) return;
        this.#asked.delete(key);
        this.#arrange();
        this.#onChange();
      });
  }

  #openNodes(): Node<Row>[] {
    const found = [this.#root];
    // Grows while it is walked.
    for (const node of found) found.push(...node.opened.map((opened) => opened.node));
    return found;
  }

  /** Finds what is open below what, and how many lines each takes. */
  #arrange(): void {
    const nodes = [this.#root];
    for (const node of nodes) {
      node.opened = this.#openedIn(node);
      nodes.push(...node.opened.map((opened) => opened.node));
    }
    for (const node of nodes.toReversed()) {
      node.lines = node.total ?? 1;
      for (const opened of node.opened) node.lines += opened.node.lines;
    }
  }

  #openedIn(node: Node<Row>): Node<Row>['opened'] {
    const opened: Node<Row>['opened'] = [];
    if (this.#open.size === 0) return opened;
    for (const [page, rows] of node.pages)
      for (const [at, row] of rows.entries()) {
        const path = [...node.path, this.#source.keyOf(row)];
        const text = pathToText(path);
        if (this.#open.has(text))
          opened.push({ position: page * PAGE_ROWS + at, node: this.#nodeAt(text, path) });
      }
    return opened.sort((a, b) => a.position - b.position);
  }

  #nodeAt(text: string, path: RowPath): Node<Row> {
    let node = this.#nodes.get(text);
    if (node === undefined) {
      node = newNode(path);
      this.#nodes.set(text, node);
    }
    return node;
  }
}

function newNode<Row>(path: RowPath): Node<Row> {
  return { path, total: undefined, error: undefined, pages: new Map(), opened: [], lines: 1 };
}

/** The row at a line below a node, or the open row below which the line is. */
function findIn<Row>(
  node: Node<Row>,
  line: number,
): { position: number; below: Node<Row> | undefined; rest: number } {
  let before = 0;
  for (const { position, node: below } of node.opened) {
    const rest = line - before - position - 1;
    if (rest < 0) break;
    if (rest < below.lines) return { position, below, rest };
    before += below.lines;
  }
  return { position: line - before, below: undefined, rest: 0 };
}
