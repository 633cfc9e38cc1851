import { describe, expect, it } from 'vitest';
import { anInstance } from '../_fleet/fleet-builders.ts';
import { offersOf, parseDuration } from './offers.ts';
import { initialWish, requestsOf, type Wish } from './wish.ts';

const price = (startPauseMs: number | null) => ({
  startPauseMs,
  throughputLoss: null,
  memoryBytes: null,
  cpuCores: null,
  artifactBytes: null,
});
const able = (name: string, pause: number | null = 10) =>
  anInstance('a', name, 'well', {
    captures: [
      {
        available: true,
        kind: 'cpu',
        price: price(pause),
        budget: {},
        mainThreadOnlyReason: null,
        needsConsent: null,
        remarks: [],
      },
    ],
  });
const unable = (name: string) =>
  anInstance('a', name, 'well', {
    captures: [{ available: false, kind: 'cpu', reason: 'too old', instead: null }],
  });

const [one, two] = [able('a-0'), able('a-1', 40)];
const whole = { service: 'a', instanceIds: null };
const wish = (part: Partial<Wish> = {}): Wish => ({ ...initialWish(whole, [one, two], 'cpu'), ...part });

describe('what is offered', () => {
  it('is what some instance can take, at the highest price of them', () => {
    const { offers, refusals } = offersOf([one, two, unable('a-2')]);
    expect(offers.map(({ kind, price: { startPauseMs } }) => `${kind} ${startPauseMs}`)).toEqual(['cpu 40']);
    expect(offers[0]?.able).toEqual([one, two]);
    expect(refusals).toEqual([]);
  });

  it('is nothing of an instance that is away, and a refusal says why', () => {
    expect(
      offersOf([{ ...one, ...anInstance('a', 'a-0', 'dead', { captures: one.captures }) }]).offers,
    ).toEqual([]);
    expect(offersOf([unable('a-2'), unable('a-3')]).refusals).toEqual([
      { kind: 'cpu', reasons: ['too old'] },
    ]);
  });

  it('does not take an unknown price for a low one', () => {
    expect(offersOf([able('a-0', null), two]).offers[0]?.price.startPauseMs).toBe(40);
  });
});

describe('a wish for a capture', () => {
  it('of a service leaves the choice of the busiest to the server', () => {
    expect(requestsOf(wish(), whole, [one, two])).toEqual([
      {
        service: 'a',
        kind: 'cpu',
        durationSeconds: 10,
        thread: 'main',
        options: { intervalMicros: 1000 },
        note: '',
      },
    ]);
  });

  it('of all comes to one request for each that can', () => {
    expect(requestsOf(wish({ reach: 'all' }), whole, [one, two])).toHaveLength(2);
  });

  it('of some leaves out those that cannot', () => {
    const target = { service: 'a', instanceIds: [one.id, unable('a-2').id] };
    expect(requestsOf(wish({ reach: 'selected' }), target, [one, two])).toMatchObject([
      { instanceId: one.id },
    ]);
  });

  it('names a thread only for one instance: others may not have it', () => {
    expect(requestsOf(wish({ reach: 'one', thread: 'worker-1' }), whole, [one])).toMatchObject([
      { thread: 'worker-1' },
    ]);
    expect(requestsOf(wish({ reach: 'all', thread: 'worker-1' }), whole, [one])).toMatchObject([
      { thread: 'main' },
    ]);
  });

  it('comes to nothing while it is not complete, or when the instance has gone meanwhile', () => {
    expect(requestsOf(wish({ duration: 'ten' }), whole, [one])).toEqual([]);
    expect(requestsOf(wish({ kind: null }), whole, [one])).toEqual([]);
    expect(requestsOf(wish({ reach: 'one', instanceId: two.id }), whole, [one])).toEqual([]);
    expect(requestsOf(wish(), whole, [])).toEqual([]);
  });

  it('begins with what the dialog was opened for', () => {
    expect(initialWish(whole, [one, two], 'cpu').reach).toBe('busiest');
    expect(initialWish(whole, [one], 'cpu').reach).toBe('one');
    expect(initialWish({ service: 'a', instanceIds: [two.id] }, [one, two], 'cpu')).toMatchObject({
      reach: 'one',
      instanceId: two.id,
    });
    expect(initialWish({ service: 'a', instanceIds: [one.id, two.id] }, [one, two], 'cpu').reach).toBe(
      'selected',
    );
  });
});

describe('a duration as typed', () => {
  it.each([
    ['5', 5],
    [' 90 ', 90],
    ['2,5', 2.5],
    ['2.25', 2.25],
    ['3600', 3600],
  ])('%j is %d seconds', (typed, seconds) => {
    expect(parseDuration(typed)).toBe(seconds);
  });

  it.each(['', '0', '0.5', '3601', '-5', '1e3', 'ten', '5s', '١٠'])('%j is none', (typed) => {
    expect(parseDuration(typed)).toBeUndefined();
  });
});
