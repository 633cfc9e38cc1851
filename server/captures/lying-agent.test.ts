import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import {
  ChunkEncoding,
  ReadArtifactResponseSchema,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { Compression } from '../instances/index.ts';
import { CaptureBench } from '../testing/capture-bench.ts';
import { Teller } from '../testing/lies.ts';
import type { AgentScript } from '../testing/scripted-agent.ts';
import { waitUntil } from '../testing/wait-until.ts';
import type { CaptureTimes } from './capture-times.ts';

const times: Partial<CaptureTimes> = {
  startingMs: 1500,
  waitingMs: 1000,
  recordingGraceMs: 800,
  writingMs: 800,
  transferMs: 1500,
  silenceMs: 600,
  giveUpMs: 3000,
  againMs: 20,
};

/** Runs one capture against the script and answers how it ended. */
async function outcome(script: AgentScript, compression: Compression = 'auto'): Promise<string> {
  const bench = await CaptureBench.open({ times, compression });
  await bench.agent(script);
  const { id } = await bench.request();
  const capture = await bench.untilEnded(id);
  // Whatever happened: nothing of it is served, nothing is left, and the server goes on.
  expect(capture.artifact).toBeNull();
  await expect(bench.service.openArtifact(id)).rejects.toThrow('has no artifact');
  expect(readdirSync(join(bench.store.dataDirectory, 'artifacts'))).toEqual([]);
  expect(bench.service.counts()).toMatchObject({ running: 0, queued: 0 });
  expect(await bench.audit.verify()).toMatchObject({ verified: true });
  if (capture.status.state !== 'failed') return capture.status.state;
  return `${capture.status.code}: ${capture.status.message}`;
}

const telling = (tell: (teller: Teller) => void): AgentScript => ({
  collect: (call) => tell(new Teller(call)),
});
const chunk = new Uint8Array(32_768).fill(7);

describe('an agent that does not keep to the contract', () => {
  test.each<[string, (teller: Teller) => void, string]>([
    [
      'skips a chunk',
      (t) => t.artifact().chunk(1, 0, chunk),
      'agent-protocol: .*chunk 0 was to come and it sent number 1',
    ],
    [
      'repeats a chunk',
      (t) => t.artifact().chunk(0, 0, chunk).chunk(0, 0, chunk),
      'agent-protocol: .*chunk 1 was to come and it sent number 0',
    ],
    [
      'leaves a hole',
      (t) => t.artifact().chunk(0, 0, chunk).chunk(1, 40_000, chunk),
      'agent-protocol: .*offset 32768 was to come and it sent offset 40000',
    ],
    [
      'begins in the middle',
      (t) => t.artifact().chunk(0, 5, chunk),
      'agent-protocol: .*offset 0 was to come',
    ],
    [
      'sends a chunk that is too large',
      (t) => t.artifact().chunk(0, 0, new Uint8Array(32_769)),
      'agent-protocol: .*it sent one of 32769',
    ],
    [
      'sends an empty chunk',
      (t) => t.artifact().chunk(0, 0, new Uint8Array(0)),
      'agent-protocol: .*it sent one of 0',
    ],
    [
      'sends a chunk beyond every message limit',
      (t) => t.artifact().chunk(0, 0, new Uint8Array(3_000_000)),
      'agent-refused: .*larger than max',
    ],
    [
      'sends more than it announced',
      (t) => t.artifact({ sizeBytes: 40_000n }).chunk(0, 0, chunk).chunk(1, 32_768, chunk),
      'agent-protocol: .*announced 40000 bytes and sent more',
    ],
    [
      'is done too early',
      (t) => t.artifact().chunk(0, 0, chunk).done(),
      'artifact-mismatch: .*announced 100000 bytes and was done after 32768',
    ],
    [
      'announces another hash',
      (t) =>
        t
          .artifact({ sha256: new Uint8Array(32) })
          .chunks()
          .done({ sha256: new Uint8Array(32) }),
      'artifact-mismatch: .*the agent announced 0000',
    ],
    [
      'changes the hash at the end',
      (t) =>
        t
          .artifact()
          .chunks()
          .done({ sha256: new Uint8Array(32) }),
      'agent-protocol: .*at the end are not those',
    ],
    [
      'changes the size at the end',
      (t) => t.artifact().chunks().done({ sizeBytes: 5n }),
      'agent-protocol: .*at the end are not those',
    ],
    [
      'announces twice',
      (t) => t.artifact().chunk(0, 0, chunk).artifact(),
      'agent-protocol: .*announced the artifact twice',
    ],
    [
      'sends a chunk unannounced',
      (t) => t.chunk(0, 0, chunk),
      'agent-protocol: .*a chunk before the artifact was announced',
    ],
    ['is done unannounced', (t) => t.done(), 'agent-protocol: .*done before the artifact was announced'],
    [
      'announces half a hash',
      (t) => t.artifact({ sha256: new Uint8Array(16) }),
      'agent-protocol: .*SHA-256 of 32 bytes',
    ],
    [
      'announces a media type of markup',
      (t) => t.artifact({ mediaType: '<script>/x' }),
      'agent-protocol: .*media type',
    ],
    [
      'announces nothing at all',
      (t) => t.artifact({ sizeBytes: 0n }),
      'agent-protocol: .*without a single byte',
    ],
    [
      'announces more than there is room for',
      (t) => t.artifact({ sizeBytes: 2n ** 63n }),
      'artifact-too-large: .*9223372036854775808 bytes',
    ],
    [
      'ends for a reason of its own',
      (t) => t.artifact({ endedBy: 'because' }),
      'agent-protocol: .*why the recording ended',
    ],
    [
      'recorded for less than no time',
      (t) => t.artifact({ recorded: durationFromMs(-5) }),
      'agent-protocol: .*how long it recorded',
    ],
    ['sends an empty message', (t) => t.say({ case: undefined }), 'agent-protocol: .*an empty message'],
    [
      'names a phase that there is not',
      (t) => t.progress(99 as never),
      'agent-protocol: .*phase of recording that there is not',
    ],
    [
      'fails with a word of its own',
      (t) => t.say({ case: 'failed', value: { code: 'recorder-failed', message: 'V8 said no.' } }),
      '^recorder-failed: V8 said no.$',
    ],
    [
      'fails with markup',
      (t) => t.say({ case: 'failed', value: { code: '<b>', message: '' } }),
      '^agent-failed: The agent gave no reason.$',
    ],
  ])('that %s fails its capture in a sentence', async (_what, lie, expected) => {
    const ended = await outcome(telling((teller) => lie(teller.started().progress())));
    expect(ended).toMatch(new RegExp(expected));
  });

  const { GZIP, ZSTD, UNSPECIFIED } = ChunkEncoding;
  const sevens = new Uint8Array(100_000).fill(7);
  test.each<[string, Compression, (teller: Teller) => void, string]>([
    [
      'packs more than it says',
      'on',
      (t) => t.packed(zstdCompressSync(new Uint8Array(100_001)), ZSTD, 100_000).done(),
      'agent-protocol: .*holds more than the 100000 bytes',
    ],
    [
      'packs a bomb',
      'on',
      (t) => t.packed(gzipSync(new Uint8Array(20_000_000)), GZIP, 100_000).done(),
      'agent-protocol: .*holds more than the 100000 bytes',
    ],
    [
      'packs less than it says',
      'on',
      (t) => t.packed(zstdCompressSync(sevens.subarray(1)), ZSTD, 100_000).done(),
      'agent-protocol: .*holds 99999 bytes where it announced 100000',
    ],
    [
      'calls anything packed',
      'on',
      (t) => t.packed(chunk, ZSTD, 100_000).done(),
      'agent-protocol: .*is no zstd',
    ],
    [
      'sends half of what it packed',
      'on',
      (t) => t.packed(gzipSync(sevens).subarray(0, 50), GZIP, 100_000).done(),
      'agent-protocol: .*is no gzip',
    ],
    [
      'asks for a gigabyte to unpack it',
      'on',
      // A frame of RFC 8878: magic, no size of the content, a window of 1 GiB, one empty last block.
      (t) => t.packed(Buffer.from('28b52ffd00a0010000', 'hex'), ZSTD, 100_000).done(),
      'agent-protocol: .*is no zstd .*too much memory',
    ],
    [
      'packs more than a chunk may hold',
      'on',
      (t) => t.packed(zstdCompressSync(new Uint8Array(262_145)), ZSTD, 262_145),
      'agent-protocol: .*1 to 262144 bytes and it sent one of 262145',
    ],
    [
      'packs nothing',
      'on',
      (t) => t.packed(zstdCompressSync(new Uint8Array(0)), ZSTD, 0),
      'agent-protocol: .*1 to 262144 bytes and it sent one of 0',
    ],
    [
      'packs more than the artifact has',
      'on',
      (t) => t.packed(zstdCompressSync(new Uint8Array(100_001)), ZSTD, 100_001),
      'agent-protocol: .*announced 100000 bytes and sent more',
    ],
    [
      'packs what nobody asked for',
      'off',
      (t) => t.packed(zstdCompressSync(sevens), ZSTD, 100_000),
      'agent-protocol: .*nobody asked for',
    ],
    [
      'packs in a way of its own',
      'on',
      (t) => t.packed(chunk, 9 as ChunkEncoding, 100_000),
      'agent-protocol: .*nobody asked for .9.',
    ],
    [
      'does not say how it packed',
      'on',
      (t) => t.packed(chunk, UNSPECIFIED, 100_000),
      'agent-protocol: .*did not say how',
    ],
  ])('that %s fails its capture in a sentence, compression %s', async (_what, compression, lie, expected) => {
    const ended = await outcome(
      telling((teller) => lie(teller.started().progress().artifact())),
      compression,
    );
    expect(ended).toMatch(new RegExp(expected));
  });

  test.each<[string, AgentScript['collect'] & {}, string]>([
    ['says nothing at all', () => {}, 'agent-(failed|overdue): '],
    ['starts and says nothing more', (call) => void new Teller(call).started(), 'agent-(failed|overdue): '],
    [
      'starts without end',
      (call) => repeat(call, 20, (teller) => teller.started()),
      'agent-overdue: The agent accepted the capture and never began it',
    ],
    [
      'waits for its thread without end',
      (call) => repeat(call, 20, (teller) => teller.progress(RecordingPhase.WAITING_FOR_THREAD)),
      'agent-overdue: The thread was in a native call',
    ],
    [
      'records without end',
      (call) => repeat(call, 20, (teller) => teller.progress()),
      'agent-overdue: .*went on recording',
    ],
    [
      'writes without end',
      (call) => repeat(call, 20, (teller) => teller.progress(RecordingPhase.WRITING)),
      'agent-overdue: .*did not finish writing',
    ],
    [
      'sends one byte at a time, slowly',
      (call) => {
        let offset = 0;
        new Teller(call).started().artifact();
        repeat(call, 20, (teller) => teller.chunk(offset, offset++, new Uint8Array(1)));
      },
      'agent-overdue: .*too slowly',
    ],
    ['ends every stream at once', (call) => call.end(), 'agent-failed: The agent broke off 5 times'],
    [
      'ends every stream before the last byte',
      (call) => new Teller(call).started().progress().artifact().chunk(0, 0, chunk).end(),
      '(agent-refused|agent-failed|capture-lost): ',
    ],
    [
      'refuses',
      (call) => void call.emit('error', { code: status.FAILED_PRECONDITION, details: 'Not today.' }),
      '^agent-refused: The agent refused: Not today.$',
    ],
    [
      'fails inside',
      (call) => void call.emit('error', { code: status.INTERNAL, details: 'oops' }),
      'agent-failed: The agent broke off 5 times.*oops',
    ],
  ])('that %s is given up within bounded time', async (_what, collect, expected) => {
    expect(await outcome({ collect })).toMatch(new RegExp(expected));
  });

  test('that floods its stream after the end changes nothing', async () => {
    const bench = await CaptureBench.open({ times });
    await bench.agent({
      collect: (call) => {
        new Teller(call).started().progress().artifact().chunks().done();
        repeat(call, 1, (teller) => teller.chunk(0, 0, chunk));
      },
    });
    const { id } = await bench.request();
    expect((await bench.untilEnded(id)).status.state).toBe('complete');
  });

  test('that offers another artifact after an interruption is refused', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent({
      artifact: () => new Uint8Array(6_000_000),
      chunkDelayMs: 10,
      readArtifact: (call) => {
        const info = new Teller(call as never).info();
        call.write(create(ReadArtifactResponseSchema, { event: { case: 'artifact', value: info } }));
      },
    });
    const { id } = await bench.request();
    await waitUntil('some of it is there', async () => {
      const status = (await bench.service.find(id))?.status;
      return status?.state === 'transferring' && status.receivedBytes > 0;
    });
    agent.breakConnections();
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({
      code: 'agent-protocol',
      message: expect.stringContaining('not the one that it announced before the interruption'),
    });
  });

  test('that invents progress does not lead a capture back', async () => {
    const bench = await CaptureBench.open({ times });
    await bench.agent({
      collect: (call) => {
        const teller = new Teller(call).started().progress(RecordingPhase.WRITING);
        teller.progress(RecordingPhase.RECORDING).progress(RecordingPhase.WAITING_FOR_THREAD);
        teller.artifact().chunks().done().end();
      },
    });
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    expect(bench.statesOf(id)).toEqual(['queued', 'starting', 'writing', 'transferring', 'complete']);
  });
});

function repeat(
  call: ConstructorParameters<typeof Teller>[0],
  everyMs: number,
  say: (teller: Teller) => void,
): void {
  const teller = new Teller(call);
  const timer = setInterval(() => {
    if (teller.isOver) clearInterval(timer);
    else say(teller);
  }, everyMs);
}
