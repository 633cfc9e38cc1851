import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProfileMemoryError, ProfileSyntaxError } from '#profile/errors.ts';
import type { HeapProgress } from '#profile/heap/model/heap-graph.ts';
import type { OpenHeap } from '#profile/heap/query/open-heap.ts';
import type { DrawnNode } from '#profile/heap/text/heap-drawing.ts';
import { snapshotOf } from '#profile/heap/text/snapshot-file.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { openArtifact } from './open-artifact.ts';
import { SecondThread } from './second-thread/second-thread.ts';
import type { TaskName } from './second-thread/thread-tasks.ts';

const NODES = 25_000;
/** Enough for one thread, which takes its columns as they are needed. */
const LITTLE_BYTES = 5_000_000;
const TEXT = JSON.stringify(snapshotOf(grown()));

/** A heap with parts, cycles, weak edges and objects of many shapes. */
function grown(): DrawnNode[] {
  const types = ['object', 'hidden', 'array', 'object', 'string', 'closure', 'object'] as const;
  const edges = ['property', 'internal', 'weak', 'property', 'property'] as const;
  return Array.from({ length: NODES }, (_, at) => ({
    name: at === 0 ? '' : `Class${at % 50}`,
    type: at === 0 ? ('synthetic' as const) : (types[at % types.length] ?? 'object'),
    id: 2 * at + 1,
    selfSize: at % 90,
    detachedness: at % 1000 === 7 ? 2 : 0,
    edges:
      at === 0
        ? [{ type: 'shortcut' as const, name: 'global', to: 1 }]
        : [2 * at, 2 * at + 1, (at * 7919) % NODES, (at * 31) % NODES].map((to, place) => ({
            type: edges[(at + place) % edges.length] ?? 'weak',
            name: `p${(at + place) % 9}`,
            to: to % NODES,
          })),
  }));
}

function opened(
  text: string,
  threads: 'one' | 'two',
  limitBytes?: number,
  tell?: (it: HeapProgress) => void,
) {
  const path = join(temporaryDirectory(), 'artifact');
  writeFileSync(path, text);
  return openArtifact({
    path,
    fileBytes: text.length,
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(tell === undefined ? {} : { tell }),
    largeBytes: threads === 'one' ? Number.POSITIVE_INFINITY : 0,
    pieceBytes: 1 << 16,
  });
}

function columnsOf({ analysis, graph, classes, totals, dominated }: OpenHeap) {
  const { nodes, edges, strings } = graph;
  const { firstRetainer, retainingEdge, dominator, shallowSize, retainedSize, distance } = analysis;
  return {
    ...{ nodes, edges, bytes: strings.bytes, start: strings.start, detachedness: analysis.detachedness },
    ...{ firstRetainer, retainingEdge, dominator, shallowSize, retainedSize, distance },
    ...{ names: classes.names, classOf: classes.classOf, totals, dominated },
  };
}

/** The same as bytes: comparing a million numbers one by one would take most of the test. */
function digestOf(heap: OpenHeap): string {
  const digest = createHash('sha256');
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      digest.update(value.constructor.name);
      digest.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        digest.update(key);
        add(each);
      }
    } else digest.update(String(value));
  };
  add(columnsOf(heap));
  return digest.digest('hex');
}

/** What the second thread handed back, by what it was told. */
function watchThread(): Map<string, unknown> {
  const done = new Map<string, unknown>();
  const { begin } = SecondThread.prototype;
  vi.spyOn(SecondThread.prototype, 'begin').mockImplementation(async function (
    this: SecondThread,
    task,
    told,
  ) {
    const result = await begin.call(this, task, told);
    done.set(task, result);
    return result as never;
  });
  return done;
}

/** All that a second thread can be told. */
const TASKS: Record<TaskName, true> = {
  readTail: true,
  touch: true,
  spreadDetachedness: true,
  countRetainers: true,
  findSizes: true,
  nameClasses: true,
  countClasses: true,
  dominatedRows: true,
  listRetainers: true,
};

describe('a large artifact', () => {
  afterEach(() => vi.restoreAllMocks());

  test('is the same heap whether one thread opens it or two', async () => {
    const alone = digestOf(await opened(TEXT, 'one'));
    const done = watchThread();
    expect(digestOf(await opened(TEXT, 'two'))).toBe(alone);
    // It depends on who is sooner whether the second one lists what is dominated.
    expect(new Set([...done.keys(), 'dominatedRows'])).toEqual(new Set(Object.keys(TASKS)));
    expect([...done.values()].every((result) => result !== undefined)).toBe(true);
  });

  test('has what is dominated listed by the second thread as by the first', async () => {
    const dominator = new Uint32Array(new SharedArrayBuffer(4 * 5));
    dominator.set([0, 0, 1, 1, 0]);
    const [first, room] = [6, 5].map((length) => new Uint32Array(new SharedArrayBuffer(4 * length)).fill(9));
    if (first === undefined || room === undefined) throw new Error('unreachable');
    await using thread = new SecondThread();
    const rows = await thread.begin('dominatedRows', { dominator, first, room });
    expect([...(rows?.first ?? [])]).toEqual([0, 2, 4, 4, 4, 4]);
    expect([...(rows?.nodes ?? [])]).toEqual([1, 4, 2, 3]);
    // In the room that was given.
    expect([...room.subarray(0, 4)]).toEqual([1, 4, 2, 3]);
  });

  test('is opened also when the second thread does nothing', async () => {
    const alone = digestOf(await opened(TEXT, 'one'));
    vi.spyOn(SecondThread.prototype, 'begin').mockResolvedValue(undefined);
    expect(digestOf(await opened(TEXT, 'two'))).toBe(alone);
  });

  test('is opened also when the second thread ends in the middle', async () => {
    const alone = digestOf(await opened(TEXT, 'one'));
    const { begin } = SecondThread.prototype;
    for (const last of ['readTail', 'spreadDetachedness', 'findSizes', 'nameClasses', 'listRetainers']) {
      vi.spyOn(SecondThread.prototype, 'begin').mockImplementation(function (this: SecondThread, task, told) {
        const result = begin.call(this, task, told);
        if (task === last) void this[Symbol.asyncDispose]();
        return result as never;
      });
      expect(digestOf(await opened(TEXT, 'two')), last).toBe(alone);
      vi.restoreAllMocks();
    }
  });

  test('is opened also when the second thread leaves out one thing', async () => {
    const alone = digestOf(await opened(TEXT, 'one'));
    const { begin } = SecondThread.prototype;
    for (const left of Object.keys(TASKS)) {
      vi.spyOn(SecondThread.prototype, 'begin').mockImplementation(function (this: SecondThread, task, told) {
        return task === left ? Promise.resolve(undefined) : (begin.call(this, task, told) as never);
      });
      expect(digestOf(await opened(TEXT, 'two')), left).toBe(alone);
      vi.restoreAllMocks();
    }
  });

  test('is refused in the same words by two threads, wherever it is broken', async () => {
    const middle = TEXT.indexOf('"edges"') + 9;
    const tail = TEXT.lastIndexOf('],"strings"');
    const broken = [
      TEXT.slice(0, TEXT.length - 20),
      TEXT.slice(0, tail - 1000),
      `${TEXT.slice(0, tail - 1000)}x${TEXT.slice(tail - 999)}`,
      `${TEXT.slice(0, middle + 100)}-${TEXT.slice(middle + 101)}`,
      TEXT.replace(`"edge_count":${4 * (NODES - 1) + 1}`, '"edge_count":7'),
      `${TEXT} x`,
    ];
    for (const text of broken) {
      const words = await opened(text, 'one').catch((error: Error) => error);
      expect(words).toBeInstanceOf(Error);
      await expect(opened(text, 'two')).rejects.toThrow((words as Error).message);
    }
    await expect(opened(broken[0] ?? '', 'two')).rejects.toThrow(ProfileSyntaxError);
  });

  test('takes no more memory than it may, and is opened by one thread where there is too little for two', async () => {
    const alone = digestOf(await opened(TEXT, 'one'));
    const done = watchThread();
    expect(digestOf(await opened(TEXT, 'two', LITTLE_BYTES))).toBe(alone);
    expect(done.has('findSizes')).toBe(false);
    await expect(opened(TEXT, 'two', 1_000_000)).rejects.toThrow(ProfileMemoryError);
  });

  test('tells how far it is while both threads read', async () => {
    const shares: number[] = [];
    await opened(TEXT, 'two', undefined, ({ phase, share }) => {
      if (phase === 'reading') shares.push(share);
    });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(shares.length).toBeGreaterThan(3);
  });
});
