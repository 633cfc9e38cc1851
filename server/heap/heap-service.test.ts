import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { heapFromText } from '#profile/heap/text/heap-from-text.ts';
import {
  CaptureNotFound,
  HeapBusy,
  HeapClosed,
  HeapMemoryExceeded,
  HeapOpening,
  HeapProcessEnded,
  HeapQuestionOverdue,
  HeapSnapshotExpected,
  HeapUnreadable,
} from '../errors.ts';
import type { Capture, CaptureId } from '../http/contract/index.ts';
import { HeapBench, isAlive, PROGRAM } from '../testing/heap-bench.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { waitUntil } from '../testing/wait-until.ts';

const { bytes: SNAPSHOT } = heapFromText(`
  root
    shortcut global: Window 16
      cache: Map 32
        table: Entry 100
        size: Entry#2 100
`);
const OWNER = fileURLToPath(new URL('../testing/heap-owner-process.ts', import.meta.url));
const SUMMARY = { ask: 'summary' } as const;
const CLASSES = {
  ask: 'classes',
  filter: '',
  order: { by: 'shallow', descending: true },
  page: { offset: 0, limit: 3 },
} as const;

describe('a heap snapshot', () => {
  test('opens when it is first asked, and answers', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    expect(await bench.service.state(id)).toEqual({ state: 'closed', hasIndex: false });
    const { answer, comparedWith } = await bench.ask(id, SUMMARY);
    expect(answer).toMatchObject({ objectCount: 5, totalBytes: 248 });
    expect(comparedWith).toBeNull();
    expect(await bench.untilSettled(id)).toMatchObject({
      from: 'artifact',
      index: 'kept',
      indexReason: null,
    });
  });

  test('has a process that says nothing when nothing is wrong', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    const bench = await HeapBench.open({ log });
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    await bench.service[Symbol.asyncDispose]();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('"from":"heap"'))).toEqual([]);
  });

  test('is opened once for all who ask', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    const asked = [bench.ask(id, SUMMARY), bench.ask(id, CLASSES), bench.service.open(id)];
    await waitUntil('a process runs', () => bench.service.pids().size > 0);
    const pid = bench.pid(id);
    await Promise.all(asked);
    expect([...bench.service.pids()]).toEqual([[id, pid]]);
  });

  test('closes when nobody asks it any more, and its process is gone', async () => {
    const bench = await HeapBench.open({ times: { idleMs: 100 } });
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    const pid = bench.pid(id);
    await bench.untilState(id, 'closed');
    await waitUntil('the process is gone', () => !isAlive(pid));
  });

  test('opens from its index the next time, without a byte of the artifact, and answers the same', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    const before = await bench.ask(id, CLASSES);
    const object = { ask: 'dominated', order: { by: 'id', descending: false }, page: CLASSES.page } as const;
    const objects = await bench.ask(id, object);
    await bench.untilSettled(id);
    await bench.service.close(id);
    rmSync(bench.artifactPath(id));
    const after = await bench.ask(id, CLASSES);
    expect(after.answer).toEqual(before.answer);
    expect((await bench.ask(id, object)).answer).toEqual(objects.answer);
    expect(await bench.service.state(id)).toMatchObject({ state: 'open', from: 'index', index: 'kept' });
  });

  test('that is none is refused with the byte and the section', async () => {
    const bench = await HeapBench.open();
    const half = bench.add(SNAPSHOT.subarray(0, SNAPSHOT.length / 2));
    await expect(bench.ask(half, SUMMARY)).rejects.toThrow(HeapUnreadable);
    await expect(bench.ask(half, SUMMARY)).rejects.toThrow(/byte \d+/);
    expect(await bench.service.state(half)).toMatchObject({ state: 'failed', code: 'heap-unreadable' });
    expect(bench.service.pids().size).toBe(0);
    const wrong = bench.add(
      Buffer.from(Buffer.from(SNAPSHOT).toString().replace('"nodes":[', '"nodes":[-7,')),
    );
    await expect(bench.ask(wrong, SUMMARY)).rejects.toThrow(/nodes/);
  });

  test('that failed is tried again when somebody wants it opened', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT.subarray(0, 100), { sizeBytes: SNAPSHOT.length });
    await expect(bench.ask(id, SUMMARY)).rejects.toThrow(HeapUnreadable);
    writeFileSync(bench.artifactPath(id), SNAPSHOT);
    await expect(bench.ask(id, SUMMARY)).rejects.toThrow(HeapUnreadable);
    await bench.service.open(id);
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
  });

  test('is one of a complete capture of that kind', async () => {
    const bench = await HeapBench.open();
    const other = bench.add(SNAPSHOT, { kind: 'cpu' });
    await expect(bench.ask(other, SUMMARY)).rejects.toThrow(HeapSnapshotExpected);
    const gone = bench.add(SNAPSHOT);
    bench.remove(gone);
    await expect(bench.service.state(gone)).rejects.toThrow(CaptureNotFound);
  });
});

describe('memory for heap snapshots', () => {
  test('has a limit, and what needs more is refused with both numbers', async () => {
    const bench = await HeapBench.open({ memoryBytes: 64 * 1024 ** 2 });
    const large = bench.add(undefined, { sizeBytes: 65 * 1024 ** 2 });
    await expect(bench.ask(large, SUMMARY)).rejects.toThrow(HeapMemoryExceeded);
    await expect(bench.ask(large, SUMMARY)).rejects.toThrow(/68157440 .* 67108864/);
    // Its head announces more than the limit holds, whatever the size of the file says.
    const head = Buffer.from(SNAPSHOT)
      .toString()
      .replace(/"node_count":\d+/, '"node_count":90000000');
    const announced = bench.add(Buffer.from(head), { sizeBytes: 60 * 1024 ** 2 });
    await expect(bench.ask(announced, SUMMARY)).rejects.toThrow(/MiB/);
    expect(await bench.service.state(announced)).toMatchObject({
      state: 'failed',
      code: 'heap-memory-exceeded',
    });
  });
});

describe('a heap snapshot that waits for memory', () => {
  test('is not passed by smaller ones that come later', async () => {
    const bench = await HeapBench.open();
    const { id: reading } = await addSlow(bench);
    await bench.service.open(reading);
    const large = bench.add(undefined, { sizeBytes: 600 * 1024 ** 2 });
    execFileSync('mkfifo', [bench.artifactPath(large)]);
    const small = bench.add(SNAPSHOT);
    expect(await bench.service.open(large)).toMatchObject({ state: 'waiting' });
    expect(await bench.service.open(small)).toMatchObject({ state: 'waiting' });
    await bench.service.close(reading);
    expect(await bench.service.state(large)).toMatchObject({ state: 'opening' });
    expect(await bench.service.state(small)).toMatchObject({ state: 'waiting' });
    await bench.service.close(large);
    expect((await bench.ask(small, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
  });
});

describe('comparisons', () => {
  test('are of two processes when their captures are of two instances or threads, however alike they are', async () => {
    const bench = await HeapBench.open();
    const earlier = bench.add(SNAPSHOT);
    const same = bench.add(SNAPSHOT);
    const others = [
      bench.add(SNAPSHOT, { instanceId: 'user-service.9876543210' as Capture['instanceId'] }),
      bench.add(SNAPSHOT, { thread: 'worker-1' }),
    ];
    const compare = async (id: CaptureId) =>
      (await bench.service.ask(id, { query: { ask: 'comparison' }, earlier }, new AbortController().signal))
        .answer;
    expect(await compare(same)).toMatchObject({ processes: 'one', idsHold: true, newCount: 0 });
    for (const other of others) {
      expect(await compare(other)).toMatchObject({ processes: 'two', idsHold: false });
    }
  });

  test('take the memory for the earlier snapshot once, however many are asked', async () => {
    const bench = await HeapBench.open({ memoryBytes: 270 * 1024 ** 2 });
    const [earlier, later] = [bench.add(SNAPSHOT), bench.add(SNAPSHOT)];
    const compare = () =>
      bench.service.ask(later, { query: { ask: 'comparison' }, earlier }, new AbortController().signal);
    await bench.ask(earlier, SUMMARY);
    await bench.untilSettled(earlier);
    const answers = await Promise.all([compare(), compare(), compare()]);
    for (const { answer } of answers) expect(answer).toMatchObject({ objectsBefore: 5, objectsAfter: 5 });
  });
});

describe('a comparison with a snapshot that has no index', () => {
  test('is not overdue while that is read, however long it takes, and has it read once', async () => {
    const bench = await HeapBench.open({ indexBytes: 1000, times: { questionMs: 1000 } });
    const later = bench.add(SNAPSHOT);
    const earlier = bench.add(undefined, { sizeBytes: SNAPSHOT.length });
    execFileSync('mkfifo', [bench.artifactPath(earlier)]);
    const compare = () =>
      bench.service.ask(later, { query: { ask: 'comparison' }, earlier }, new AbortController().signal);
    const asked = compare();
    await writeFile(bench.artifactPath(earlier), SNAPSHOT);
    expect(await bench.untilSettled(earlier)).toMatchObject({ index: 'not-kept' });
    // Nothing was kept of it, so the later one's process reads it again.
    const pipe = await open(bench.artifactPath(earlier), 'w');
    const quarter = Math.ceil(SNAPSHOT.length / 4);
    for (let at = 0; at < SNAPSHOT.length; at += quarter) {
      await pipe.write(SNAPSHOT.subarray(at, at + quarter));
      await delay(400);
    }
    await pipe.close();
    expect((await asked).answer).toMatchObject({ objectsBefore: 5, objectsAfter: 5 });
    await bench.service.close(earlier);
    rmSync(bench.artifactPath(earlier));
    expect((await compare()).answer).toMatchObject({ objectsBefore: 5 });
  });
});

describe('the process of a heap snapshot', () => {
  test.runIf(process.platform === 'linux')(
    'is what the kernel takes first when memory is short',
    async () => {
      const bench = await HeapBench.open();
      const id = bench.add(SNAPSHOT);
      await bench.ask(id, SUMMARY);
      expect(await readFile(`/proc/${bench.pid(id)}/oom_score_adj`, 'utf8')).toBe('800\n');
    },
  );

  test('that the system cannot start is told as one that ended', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    // More than the system takes as one argument.
    bench.artifactPath = (of) => join('/', 'x'.repeat(200_000), of);
    await expect(bench.ask(id, SUMMARY)).rejects.toThrow(HeapProcessEnded);
    expect(await bench.service.state(id)).toMatchObject({ state: 'failed', code: 'heap-process-ended' });
  });

  test('may be killed while it is asked: whoever asked is told, and the next question opens it again', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    process.kill(bench.pid(id), 'SIGSTOP');
    const asked = bench.ask(id, CLASSES);
    process.kill(bench.pid(id), 'SIGKILL');
    await expect(asked).rejects.toThrow(HeapProcessEnded);
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
  });

  test('may be killed while it reads', async () => {
    const bench = await HeapBench.open();
    const { id, feed } = await addSlow(bench);
    const asked = bench.ask(id, SUMMARY);
    await feed(SNAPSHOT.subarray(0, 200));
    expect(await bench.untilState(id, 'opening')).toMatchObject({ from: 'artifact', phase: 'reading' });
    process.kill(bench.pid(id), 'SIGKILL');
    await expect(asked).rejects.toThrow(HeapProcessEnded);
    expect(await bench.service.state(id)).toMatchObject({ state: 'failed', code: 'heap-process-ended' });
    rmSync(bench.artifactPath(id));
    writeFileSync(bench.artifactPath(id), SNAPSHOT);
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
  });

  test('that hangs is ended with the question that it hangs on, and those that wait are answered by another', async () => {
    const bench = await HeapBench.open({ times: { questionMs: 1500, forgetMs: 50 } });
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    const pid = bench.pid(id);
    process.kill(pid, 'SIGSTOP');
    const [first, second] = [bench.ask(id, CLASSES), bench.ask(id, SUMMARY)];
    await expect(first).rejects.toThrow(HeapQuestionOverdue);
    expect((await second).answer).toMatchObject({ objectCount: 5 });
    expect(isAlive(pid)).toBe(false);
  });

  test('is ended when it goes on with a question that nobody waits for any more', async () => {
    const bench = await HeapBench.open({ times: { forgetMs: 50 } });
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    const pid = bench.pid(id);
    process.kill(pid, 'SIGSTOP');
    const gone = new AbortController();
    const asked = bench.ask(id, CLASSES, gone.signal);
    await waitUntil('it is asked', async () => {
      const state = await bench.service.state(id);
      return state.state === 'open' && state.idleEndsAt === null;
    });
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    await waitUntil('the process is gone', () => !isAlive(pid));
  });

  test('leaves a question that nobody waits for any more, and lives on', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    const pid = bench.pid(id);
    const gone = new AbortController();
    const asked = bench.ask(id, CLASSES, gone.signal);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    await waitUntil('it is idle', async () => {
      const state = await bench.service.state(id);
      return state.state === 'open' && state.idleEndsAt !== null;
    });
    expect(bench.pid(id)).toBe(pid);
  });

  test('stops reading when nobody waits for it any more', async () => {
    const bench = await HeapBench.open({ times: { leaseMs: 200 } });
    const { id, feed } = await addSlow(bench);
    const gone = new AbortController();
    const asked = bench.ask(id, SUMMARY, gone.signal);
    await feed(SNAPSHOT.subarray(0, 200));
    const pid = bench.pid(id);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    await waitUntil('the process is gone', () => !isAlive(pid));
  });

  test('stops reading when somebody cancels that, and whoever waits is told', async () => {
    const bench = await HeapBench.open();
    const { id, feed } = await addSlow(bench);
    const asked = bench.ask(id, SUMMARY);
    await feed(SNAPSHOT.subarray(0, 200));
    const pid = bench.pid(id);
    expect(await bench.service.close(id)).toEqual({ state: 'closed', hasIndex: false });
    await expect(asked).rejects.toThrow(HeapClosed);
    await waitUntil('the process is gone', () => !isAlive(pid));
  });

  test('is gone when the server has stopped', async () => {
    const bench = await HeapBench.open();
    const open = bench.add(SNAPSHOT);
    await bench.ask(open, SUMMARY);
    const { id: reading, feed } = await addSlow(bench);
    const asked = bench.ask(reading, SUMMARY);
    await feed(SNAPSHOT.subarray(0, 200));
    const pids = [bench.pid(open), bench.pid(reading)];
    const refused = expect(asked).rejects.toThrow(HeapClosed);
    await bench.service[Symbol.asyncDispose]();
    expect(pids.map(isAlive)).toEqual([false, false]);
    await refused;
  });
});

describe('a server that is killed', () => {
  test('leaves no process behind', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'snapshot'), SNAPSHOT);
    const owner = fork(OWNER, [directory, PROGRAM], { stdio: 'ignore' });
    const [pid] = await once(owner, 'message');
    expect(isAlive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await waitUntil('the process is gone', () => !isAlive(pid));
  });
});

describe('a question', () => {
  test('waits for its snapshot so long and no longer, and the snapshot goes on opening', async () => {
    const bench = await HeapBench.open({ times: { waitMs: 300 } });
    const { id, feed } = await addSlow(bench);
    const refused = expect(bench.ask(id, SUMMARY)).rejects.toThrow(HeapOpening);
    await feed(SNAPSHOT.subarray(0, 200));
    await refused;
    await feed(SNAPSHOT.subarray(200), 'end');
    await bench.untilState(id, 'open');
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
  });

  test('is one of so many that may wait', async () => {
    const bench = await HeapBench.open({ times: { questions: 2 } });
    const { id } = await addSlow(bench);
    const waiting = [bench.ask(id, SUMMARY), bench.ask(id, SUMMARY)].map((asked) => asked.catch(() => {}));
    await expect(bench.ask(id, SUMMARY)).rejects.toThrow(HeapBusy);
    await bench.service.close(id);
    await Promise.all(waiting);
  });

  test('about an object that is not there says so', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    await expect(bench.ask(id, { ask: 'object', object: 4_000_000 })).rejects.toMatchObject({
      code: 'heap-object-unknown',
      status: 404,
    });
  });
});

describe('the index of a heap snapshot', () => {
  test('that cannot be used is made anew from the artifact, and nobody need know', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    writeFileSync(bench.indexPath(id), 'OPSHEAP\nof another time');
    await bench.service[Symbol.asyncDispose]();
    await bench.start();
    expect(await bench.service.state(id)).toMatchObject({ hasIndex: true });
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
    expect(await bench.untilSettled(id)).toMatchObject({ from: 'artifact', index: 'kept' });
    expect((await readFile(bench.indexPath(id))).length).toBeGreaterThan(1000);
  });

  test('with a damaged column gives no wrong answer: it is made anew when the column is first needed', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    const all = {
      ask: 'objects',
      filter: '',
      order: { by: 'id', descending: false },
      page: CLASSES.page,
    } as const;
    const { answer } = await bench.ask(id, all);
    await bench.untilSettled(id);
    await bench.service.close(id);
    await damageColumn(bench.indexPath(id), 'nodes.id');
    // What is ready-made needs no such column.
    expect((await bench.ask(id, SUMMARY)).answer).toMatchObject({ objectCount: 5 });
    expect(await bench.service.state(id)).toMatchObject({ from: 'index' });
    expect((await bench.ask(id, all)).answer).toEqual(answer);
    expect(await bench.untilSettled(id)).toMatchObject({ from: 'artifact', index: 'kept' });
  });

  test('with a damaged block gives no wrong answer about an object either', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    const root = { ask: 'object', object: 1 } as const;
    const { answer } = await bench.ask(id, root);
    await bench.untilSettled(id);
    await bench.service.close(id);
    await damageColumn(bench.indexPath(id), 'retainedSize');
    expect((await bench.ask(id, root)).answer).toEqual(answer);
    expect(await bench.untilSettled(id)).toMatchObject({ from: 'artifact', index: 'kept' });
  });

  test('is done without where the disk is full, which is said', async () => {
    const bench = await HeapBench.open();
    const { id: slow, feed } = await addSlow(bench);
    const asked = bench.ask(slow, SUMMARY);
    await feed(SNAPSHOT.subarray(0, 200));
    // Writing to this device fails as on a full disk.
    symlinkSync('/dev/full', `${bench.indexPath(slow)}.${bench.pid(slow)}.part`);
    await feed(SNAPSHOT.subarray(200), 'end');
    expect((await asked).answer).toMatchObject({ objectCount: 5 });
    const { index, indexReason } = await bench.untilSettled(slow);
    expect({ index, indexReason }).toEqual({
      index: 'not-kept',
      indexReason: 'The disk of the data directory is full.',
    });
  });

  test('has to fit its budget', async () => {
    const bench = await HeapBench.open({ indexBytes: 1000 });
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    expect(await bench.untilSettled(id)).toMatchObject({
      index: 'not-kept',
      indexReason: expect.stringContaining('OPSCENTER_HEAP_INDEX_BYTES'),
    });
  });

  test('goes with its capture, and so does the process', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    const pid = bench.pid(id);
    bench.remove(id);
    await waitUntil('the process is gone', () => !isAlive(pid));
    await waitUntil('the index is gone', () =>
      readFile(bench.indexPath(id)).then(
        () => false,
        () => true,
      ),
    );
  });

  test('outlives the server, and what belongs to no capture is removed at its start', async () => {
    const bench = await HeapBench.open();
    const id = bench.add(SNAPSHOT);
    await bench.ask(id, SUMMARY);
    await bench.untilSettled(id);
    await bench.service[Symbol.asyncDispose]();
    const orphan = `${bench.indexDirectory}/cap_orphan`;
    const partial = `${bench.indexPath(id)}.4711.part`;
    for (const path of [orphan, partial]) writeFileSync(path, 'x');
    await bench.start();
    for (const path of [orphan, partial]) await expect(readFile(path)).rejects.toThrow('ENOENT');
    expect(await bench.service.state(id)).toEqual({ state: 'closed', hasIndex: true });
  });
});

/** A snapshot that comes as slowly as the test wants: its artifact is a pipe. */
async function addSlow(bench: HeapBench) {
  const id = bench.add(undefined, { sizeBytes: SNAPSHOT.length });
  execFileSync('mkfifo', [bench.artifactPath(id)]);
  let pipe: Awaited<ReturnType<typeof open>> | undefined;
  onTestFinished(() => pipe?.close());
  const feed = async (bytes: Uint8Array, end?: 'end') => {
    pipe ??= await open(bench.artifactPath(id), 'w');
    await pipe.write(bytes);
    if (end) await pipe.close();
  };
  return { id, feed };
}

/** Turns around the first byte of a column. */
async function damageColumn(path: string, name: string): Promise<void> {
  const bytes = await readFile(path);
  const table = JSON.parse(bytes.subarray(24, 24 + bytes.readUInt32LE(12)).toString());
  const [, , offset] = table.columns.find(([column]: string[]) => column === name);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([(bytes[Number(offset)] ?? 0) ^ 0xff]), 0, 1, Number(offset));
}
