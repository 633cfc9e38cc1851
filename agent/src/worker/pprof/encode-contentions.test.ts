import { Profile as Decoded } from 'pprof-format';
import { describe, expect, it } from 'vitest';
import { goTop, hasGo } from '../../../testing/go-pprof.ts';
import type { ContentionProfile } from './contention-profile.ts';
import { encodeContentions, gzipContentions } from './encode-contentions.ts';

const frame = (name: string, url: string, line: number, functionLine: number) => ({
  name,
  url,
  line,
  column: 1,
  functionLine,
});

const profile: ContentionProfile = {
  frames: [
    frame('handle', 'file:///s/http.js', 12, 10),
    frame('load', 'file:///s/a.js', 4, 3),
    frame('load', 'file:///s/b.js', 4, 3),
    frame('', 'file:///s/b.js', 30, 28),
    // Another place in a function that is there already.
    frame('handle', 'file:///s/http.js', 15, 10),
  ],
  records: [
    { stack: [1, 0], count: 200, nanos: 5_000_000_000, labels: { type: 'file', resource: 'FSREQPROMISE' } },
    { stack: [2, 4], count: 100, nanos: 40_000_000_000_000, labels: { type: 'network', state: 'pending' } },
    { stack: [3], count: 1, nanos: 1, labels: { type: 'lock', waiters: 3 } },
  ],
  startedAtMs: 1_700_000_000_123,
  durationMs: 10_000,
  sampleEvery: 100,
  program: 'user-service',
  comments: ['1 in 100 was followed.'],
};

function decode() {
  const decoded = Decoded.decode(Buffer.concat([...encodeContentions(profile)]));
  const text = (index: number | bigint) => decoded.stringTable.strings[Number(index)] ?? '';
  const nameOf = (location: number | bigint) => {
    const line = decoded.location.find(({ id }) => Number(id) === Number(location))?.line[0];
    const func = decoded.function.find(({ id }) => Number(id) === Number(line?.functionId));
    return `${text(func?.name ?? 0)}:${line?.line}`;
  };
  return { decoded, text, nameOf };
}

describe('a contention profile as pprof', () => {
  it('has what Go’s block profiles have: contentions and delay, a period, when and how long', () => {
    const { decoded, text } = decode();
    const types = decoded.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`);
    expect(types).toEqual(['contentions/count', 'delay/nanoseconds']);
    expect(text(decoded.defaultSampleType)).toBe('delay');
    expect(Number(decoded.period)).toBe(100);
    expect(Number(decoded.durationNanos)).toBe(10e9);
    expect(Number(decoded.timeNanos)).toBe(1_700_000_000_123e6);
    expect(text(decoded.mapping[0]?.filename ?? 0)).toBe('user-service');
    expect(decoded.comment.map(text)).toEqual(['1 in 100 was followed.']);
  });

  it('has each record, leaf first, with its labels', () => {
    const { decoded, text, nameOf } = decode();
    const samples = decoded.sample.map(({ locationId, value, label }) => ({
      stack: locationId.map(nameOf),
      values: value.map(Number),
      labels: label.map(({ key, str, num }) => `${text(key)}=${text(str) || num}`),
    }));
    expect(samples).toEqual([
      {
        stack: ['load (a.js:3):4', 'handle:12'],
        values: [200, 5e9],
        labels: ['type=file', 'resource=FSREQPROMISE'],
      },
      {
        stack: ['load (b.js:3):4', 'handle:15'],
        values: [100, 40e12],
        labels: ['type=network', 'state=pending'],
      },
      { stack: ['(anonymous b.js:28):30'], values: [1, 1], labels: ['type=lock', 'waiters=3'] },
    ]);
  });

  it('has each function once, however many places of it were waited in', () => {
    expect(decode().decoded.function).toHaveLength(4);
  });
});

describe.skipIf(!hasGo())('go tool pprof', () => {
  it.each([
    ['contentions', '100% of 301ms total', 'load (b.js:3)'],
    ['delay', '100% of 40005000ms total', 'load (a.js:3)'],
  ] as const)('reads the %s with our totals', async (index, total, name) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of gzipContentions(profile)) pieces.push(piece);
    const top = goTop(Buffer.concat(pieces), index);
    expect(top).toContain(`Type: ${index}`);
    expect(top).toContain(total);
    expect(top).toContain(name);
  });
});
