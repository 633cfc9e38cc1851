import { describe, expect, it } from 'vitest';
import { anInstance } from '../_fleet/fleet-builders.ts';
import { parseDuration } from './choices.ts';
import { type AvailableCapability, offersOf } from './offers.ts';
import { changeWish, consentsOf, initialWish, inReach, requestsOf, type Wish } from './wish.ts';

const price = (startPauseMs: number | null) => ({
  startPauseMs,
  throughputLoss: null,
  memoryBytes: null,
  cpuCores: null,
  artifactBytes: null,
  endPauseMs: null,
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
      { kind: 'cpu', reasons: ['too old'], instead: null },
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

const snapshot = (name: string, part: Partial<AvailableCapability> = {}) =>
  anInstance('a', name, 'well', {
    captures: [
      {
        available: true,
        kind: 'heapsnapshot',
        price: price(30),
        budget: { pauseMs: 200, memoryBytes: 5e9 },
        mainThreadOnlyReason: 'The child has one thread.',
        needsConsent: null,
        remarks: [],
        ...part,
      },
    ],
  });
const stopping = (name: string) =>
  snapshot(name, { needsConsent: 'It stops for 20 s.', price: price(20_000) });

describe('a wish for a kind that looks once', () => {
  const object = (part: Partial<Wish> = {}): Wish => wish({ kind: 'heapsnapshot', reach: 'one', ...part });

  it('asks for no duration, whatever stands in the field, and for the main thread where there is no other', () => {
    const chosen = snapshot('a-0');
    const [request = expect.fail()] = requestsOf(
      object({ instanceId: chosen.id, duration: 'ten', thread: 'worker-1' }),
      whole,
      [chosen],
    );
    expect(request).toEqual({
      instanceId: chosen.id,
      kind: 'heapsnapshot',
      thread: 'main',
      options: {},
      note: '',
    });
  });

  it('keeps the contents of strings only when that is asked for', () => {
    const chosen = snapshot('a-0');
    expect(requestsOf(object({ instanceId: chosen.id, keepStrings: true }), whole, [chosen])).toMatchObject([
      { options: { keepStrings: true } },
    ]);
  });

  it('comes to nothing until somebody agrees to the pause, and then says so to those that pause', () => {
    const instances = [stopping('a-0'), snapshot('a-1')];
    const all = object({ reach: 'all' });
    expect(consentsOf(all, whole, instances)).toEqual([
      { sentence: 'It stops for 20 s.', instances: [instances[0]] },
    ]);
    expect(requestsOf(all, whole, instances)).toEqual([]);
    expect(requestsOf({ ...all, hasConsent: true }, whole, instances)).toMatchObject([
      { options: { consentToPause: true } },
      { options: {} },
    ]);
  });

  it('of the busiest needs no consent as long as one of them need not stop, and has the price of that one', () => {
    const instances = [stopping('a-0'), snapshot('a-1')];
    const busiest = object({ reach: 'busiest' });
    expect(consentsOf(busiest, whole, instances)).toEqual([]);
    expect(inReach(busiest, whole, instances)).toEqual([instances[1]]);
    expect(consentsOf(busiest, whole, [stopping('a-0')])).toHaveLength(1);
  });

  it('forgets the consent when it is about another instance or kind', () => {
    const agreed = object({ hasConsent: true });
    expect(changeWish(agreed, { note: 'x' }).hasConsent).toBe(true);
    expect(changeWish(agreed, { kind: 'heap' }).hasConsent).toBe(false);
    expect(changeWish(agreed, { instanceId: two.id }).hasConsent).toBe(false);
    expect(changeWish(agreed, { reach: 'all' }).hasConsent).toBe(false);
  });
});

describe('the options of a wish', () => {
  it.each([
    ['heap', { intervalBytes: 65_536 }, { intervalBytes: 65_536 }],
    ['wait', { sampleEvery: 100 }, { sampleEvery: 100 }],
    ['wait', { sampleEvery: null }, {}],
    ['trace', { categories: ['v8'] }, { categories: ['v8'] }],
    ['lock', { intervalMicros: 100 }, {}],
  ] as const)('are those of the kind alone: %s', (kind, part, options) => {
    const taker = anInstance('a', 'a-0', 'well', {
      captures: [{ ...(one.captures[0] as AvailableCapability), kind }],
    });
    expect(requestsOf(wish({ kind, ...part }), whole, [taker])).toMatchObject([{ options }]);
    expect(Object.keys(requestsOf(wish({ kind, ...part }), whole, [taker])[0]?.options ?? {})).toEqual(
      Object.keys(options),
    );
  });

  it('hold a budget in the units of the contract, and nothing of what was left empty', () => {
    const budget = { pauseMs: ' 250 ', threadShare: '12,5', cpuCores: '', memoryBytes: '512' };
    expect(requestsOf(wish({ budget }), whole, [one])).toMatchObject([
      { options: { budget: { pauseMs: 250, threadShare: 0.125, memoryBytes: 512_000_000 } } },
    ]);
    expect(requestsOf(wish({ budget: { ...budget, pauseMs: '0' } }), whole, [one])).toEqual([]);
    expect(requestsOf(wish({ budget: { ...budget, cpuCores: 'many' } }), whole, [one])).toEqual([]);
  });
});

describe('several offers of a kind', () => {
  it('are one: the lowest budget, every remark once, and the kind instead only where it is offered', () => {
    const first = snapshot('a-0', { remarks: ['Follows pg.'] });
    const second = snapshot('a-1', { remarks: ['Follows pg.', 'No http.'], budget: { pauseMs: 100 } });
    expect(offersOf([first, second]).offers).toMatchObject([
      { remarks: ['Follows pg.', 'No http.'], budget: { pauseMs: 100, memoryBytes: 5e9 } },
    ]);
    const refused = anInstance('a', 'a-2', 'well', {
      captures: [{ available: false, kind: 'heapsnapshot', reason: 'No room.', instead: 'cpu' }],
    });
    expect(offersOf([refused]).refusals).toMatchObject([{ instead: null }]);
    expect(offersOf([refused, one]).refusals).toMatchObject([{ instead: 'cpu' }]);
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
