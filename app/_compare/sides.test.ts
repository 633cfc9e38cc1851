import { describe, expect, it } from 'vitest';
import type { Capture } from '#contract';
import { distinguish, type Side, usualScale } from './sides.ts';

const capture = (part: Partial<Capture> & { seconds?: number } = {}): Capture =>
  ({
    kind: 'cpu',
    service: 'game',
    serviceVersion: '1',
    instanceId: 'game.1',
    artifact: { recordedSeconds: part.seconds ?? 10 },
    ...part,
  }) as Capture;
const of = (...captures: Capture[]): Side => ({ kind: 'captures', captures });
const file: Side = { kind: 'file', file: new File([], 'a.cpuprofile') };

describe('the scale that is taken unless the reader says otherwise', () => {
  it('is amounts where both were recorded alike', () => {
    expect(usualScale({ before: of(capture()), after: of(capture({ seconds: 10.4 })) })).toBe('amounts');
  });

  it('is shares where one was recorded longer, or is several, or is a file', () => {
    expect(usualScale({ before: of(capture()), after: of(capture({ seconds: 5 })) })).toBe('shares');
    expect(usualScale({ before: of(capture(), capture()), after: of(capture()) })).toBe('shares');
    expect(usualScale({ before: of(capture()), after: file })).toBe('shares');
  });

  it('is amounts of memory in use, which does not grow with the time that was looked', () => {
    const [short, long] = [capture({ kind: 'heap', seconds: 1 }), capture({ kind: 'heap', seconds: 20 })];
    expect(usualScale({ before: of(short), after: of(long) })).toBe('amounts');
  });
});

describe('what tells the sides apart', () => {
  it('is the version, then the instance, then the time', () => {
    const one = of(capture());
    expect(distinguish({ before: one, after: of(capture({ serviceVersion: '2' })) })).toBe('version');
    expect(
      distinguish({ before: one, after: of(capture({ instanceId: 'game.2' as Capture['instanceId'] })) }),
    ).toBe('instance');
    expect(distinguish({ before: one, after: one })).toBe('time');
    expect(distinguish({ before: of(capture(), capture()), after: one })).toBe('count');
    expect(distinguish({ before: file, after: one })).toBe('file');
  });
});
