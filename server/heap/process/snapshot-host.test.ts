import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { heapFromText } from '#profile/heap/text/heap-from-text.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import type { FromChild, ToChild } from '../child-messages.ts';
import { SnapshotHost } from './snapshot-host.ts';

const CACHE = heapFromText(`
  root
    Cache 10
      Session 100
`).bytes;
/** It goes through the heap in several steps. */
const LONG: HeapQuery = { ask: 'duplicateStrings', filter: '', page: { offset: 0, limit: 10 } };
const SHORT: HeapQuery = { ask: 'object', object: 1 };

describe('a process that is asked', () => {
  let told: FromChild[];
  let host: SnapshotHost;
  let directory: string;
  let indexPath: string;
  const tellings = () =>
    told.flatMap((each) => ('question' in each ? [`${each.told} ${each.question}`] : []));

  beforeEach(async () => {
    directory = temporaryDirectory();
    const artifactPath = join(directory, 'artifact');
    writeFileSync(artifactPath, CACHE);
    told = [];
    // Each step is a turn.
    host = new SnapshotHost((message) => told.push(message), { sliceMs: 0, quietMs: 0 });
    indexPath = join(directory, 'index');
    const file = { artifactPath, sha256: '0'.repeat(64), sizeBytes: CACHE.length, indexPath };
    void host.heed({ tell: 'open', file, limitBytes: 1e9 });
    await waitUntil('it is open', () => told.some((each) => each.told === 'opened'));
  });

  test('answers a short question before a long one that came first', async () => {
    await Promise.all([
      host.heed({ tell: 'ask', question: 1, query: LONG }),
      host.heed({ tell: 'ask', question: 2, query: SHORT }),
    ]);
    expect(tellings()).toEqual(['answer 2', 'answer 1']);
  });

  test('leaves a question when it is told to, and answers the next', async () => {
    const asked = host.heed({ tell: 'ask', question: 1, query: LONG });
    await host.heed({ tell: 'forget', question: 1 });
    await asked;
    await host.heed({ tell: 'ask', question: 2, query: LONG });
    expect(tellings()).toEqual(['forgotten 1', 'answer 2']);
  });

  test('tells which of two snapshots it cannot read', async () => {
    const artifactPath = join(directory, 'earlier');
    writeFileSync(artifactPath, '{"snapshot":[');
    await host.heed(compareWith(artifactPath));
    expect(told.at(-1)).toMatchObject({ told: 'no-answer', of: 'earlier', refusal: 'unreadable' });
  });

  test('keeps the words of the system to the log, and is asked again', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    await host.heed(compareWith(join(directory, 'gone')));
    expect(told.at(-1)).toMatchObject({ told: 'no-answer', refusal: 'failed', code: '', message: '' });
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ code: 'ENOENT' }));
    await host.heed({ tell: 'ask', question: 2, query: SHORT });
    expect(tellings().at(-1)).toBe('answer 2');
  });

  test('keeps them to the log, too, where its index cannot be written', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    await waitUntil('it would write an index', () => told.some((each) => each.told === 'index-wanted'));
    rmSync(directory, { recursive: true });
    await host.heed({ tell: 'index-room', refused: null });
    const index = await waitUntil('it is told', () => told.find((each) => each.told === 'index'));
    expect(index).toEqual({
      told: 'index',
      state: 'not-kept',
      reason: 'It could not be written; the log of the server says why.',
    });
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ code: 'ENOENT' }));
  });

  test('asks for room once more when it adds answers to its index, and leaves the index as it is where there is none', async () => {
    const wishes = () => told.filter((each) => each.told === 'index-wanted');
    await waitUntil('it would write an index', () => wishes().length === 1);
    await host.heed({ tell: 'index-room', refused: null });
    await waitUntil('it would add answers', () => wishes().length === 2);
    const before = readFileSync(indexPath);
    await host.heed({ tell: 'index-room', refused: 'The disk is full.' });
    await waitUntil('it is told', () => told.some((each) => each.told === 'remark'));
    expect(told.at(-1)).toMatchObject({ message: expect.stringContaining('The disk is full.') });
    expect(readFileSync(indexPath)).toEqual(before);
  });

  test('adds them where there is room, and takes as much as it asked for', async () => {
    const wishes = () => told.filter((each) => each.told === 'index-wanted');
    await waitUntil('it would write an index', () => wishes().length === 1);
    await host.heed({ tell: 'index-room', refused: null });
    const wish = await waitUntil('it would add answers', () => wishes()[1]);
    await host.heed({ tell: 'index-room', refused: null });
    await waitUntil('they are added', () => told.some((each) => each.told === 'index-replaced'));
    expect(readFileSync(indexPath).length).toBe(wish.bytes);
    expect(readdirSync(directory).sort()).toEqual(['artifact', 'index']);
  });

  test('that is told to leave what it has answered tells nothing', async () => {
    await host.heed({ tell: 'ask', question: 1, query: LONG });
    await host.heed({ tell: 'forget', question: 1 });
    expect(tellings()).toEqual(['answer 1']);
  });
});

function compareWith(artifactPath: string): ToChild {
  const earlier = {
    captureId: 'cap_earlier',
    artifactPath,
    indexPath: `${artifactPath}.index`,
    sha256: '1'.repeat(64),
    sizeBytes: 100,
    processes: 'one',
    limitBytes: 1e9,
  } as const;
  return { tell: 'ask', question: 1, query: { ask: 'comparison' }, earlier };
}
