import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DescribeResponseSchema,
  ReadResourceResponseSchema,
  WatchResponseSchema,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import { assertBounded } from './bounded-message.ts';

const ITEMS_TAG = 0x12;

/** A message of so many empty things: two bytes each. */
const emptyThings = (tag: number, count: number) =>
  Uint8Array.from({ length: 2 * count }, (_, index) => (index % 2 === 0 ? tag : 0));

const encoded = <Desc extends DescMessage>(desc: Desc, init: MessageInitShape<Desc>) =>
  toBinary(desc, create(desc, init));

function msOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

describe('a message of an agent', () => {
  test('with as much as an agent may say passes', () => {
    const measures = Array.from({ length: 8 }, () => ({ name: 'open for', value: 1.5, unit: 's' }));
    const items = Array.from({ length: 1000 }, (_, index) => ({
      id: `connection-${index}`,
      name: 'steampunk2-0',
      reason: 'It answered a moment ago.',
      createdAt: { seconds: 1n, nanos: 1 },
      measures,
    }));
    const bytes = encoded(ReadResourceResponseSchema, { state: { id: 'pool' }, items, itemCount: 1000n });
    expect(() => assertBounded(ReadResourceResponseSchema, bytes)).not.toThrow();
  });

  test('with half a million empty things is refused, in less time than it would take to decode', () => {
    const bytes = emptyThings(ITEMS_TAG, 500_000);
    const refusedMs = msOf(() =>
      expect(() => assertBounded(ReadResourceResponseSchema, bytes)).toThrow(RangeError),
    );
    expect(refusedMs).toBeLessThan(msOf(() => fromBinary(ReadResourceResponseSchema, bytes)));
  });

  test('that hides them in another message is refused too', () => {
    const state = encoded(WatchResponseSchema, {
      resources: [{ measures: Array.from({ length: 120_000 }, () => ({})) }],
    });
    expect(() => assertBounded(WatchResponseSchema, state)).toThrow(RangeError);
  });

  test('whose long texts look like many fields passes: only messages are looked into', () => {
    const description = '\u0012\u0000'.repeat(200_000);
    const bytes = encoded(DescribeResponseSchema, { resources: [{ id: 'pool', description }] });
    expect(() => assertBounded(DescribeResponseSchema, bytes)).not.toThrow();
  });

  test('that cannot be read is left to the decoder', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assertBounded(DescribeResponseSchema, bytes);
      }),
    );
  });
});
