import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureId, type Hello, type StateChange } from '../contract/index.ts';
import { EventHub } from './event-hub.ts';
import { EventStream } from './event-stream.ts';

const hello: Hello = {
  serverStartedAt: '2026-03-01T12:00:00.000Z',
  epoch: 7,
  now: '2026-03-01T12:00:00.000Z',
  version: '0.1.0',
};

const vitals = { at: hello.now, instanceIds: [], columns: {} } as unknown as Parameters<
  EventHub['publishVitals']
>[0];

function changeNumber(number: number): StateChange {
  return { type: 'capture-removed', captureId: CaptureId.parse(`cap_${String(number).padStart(20, '0')}`) };
}

function publish(hub: EventHub, from: number, to: number) {
  for (let number = from; number <= to; number++) hub.publish(changeNumber(number));
}

function open(hub: EventHub, options: { lastEventId?: string; vitals?: boolean } = {}): EventStream {
  return new EventStream({ hub, hello, lastEventId: options.lastEventId, vitals: options.vitals ?? true });
}

/** Everything that the stream gives at the moment, by the names of its events; changes with their number. */
async function readNow(stream: EventStream): Promise<string[]> {
  await new Promise((resolve) => setImmediate(resolve));
  let text = '';
  for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) {
    text += chunk;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((message) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
      if (message.startsWith(':')) return 'comment';
      return field('event') === 'change' ? `change ${field('id')}` : field('event');
    });
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `change 7-${from + i}`);

describe('an event stream', () => {
  it('begins with hello and goes on with what happens from then on', async () => {
    const hub = new EventHub(7);
    publish(hub, 1, 3);
    const stream = open(hub);
    publish(hub, 4, 5);
    expect(await readNow(stream)).toEqual(['hello', ...numbers(4, 5)]);
  });

  it('replays to a reader that comes back exactly what it missed', async () => {
    const hub = new EventHub(7);
    publish(hub, 1, 10);
    expect(await readNow(open(hub, { lastEventId: '7-4' }))).toEqual(['hello', ...numbers(5, 10)]);
    expect(await readNow(open(hub, { lastEventId: '7-10' }))).toEqual(['hello']);
    expect(await readNow(open(hub, { lastEventId: '7-0' }))).toEqual(['hello', ...numbers(1, 10)]);
  });

  it.each([
    '6-10',
    '8-1',
    '7-11',
    '7-999999',
    'nonsense',
    '',
    '7',
    '7--1',
    '7-1e1',
    '\u0000',
    '9'.repeat(400),
  ])('tells a reader that saw %s last to fetch everything anew', async (lastEventId) => {
    const hub = new EventHub(7);
    publish(hub, 1, 10);
    const stream = open(hub, { lastEventId });
    publish(hub, 11, 11);
    expect(await readNow(stream)).toEqual(['hello', 'resync', 'change 7-11']);
  });

  it('tells a reader that was away for too long to fetch everything anew', async () => {
    const hub = new EventHub(7);
    publish(hub, 1, 5000);
    expect(await readNow(open(hub, { lastEventId: '7-10' }))).toEqual(['hello', 'resync']);
    expect(await readNow(open(hub, { lastEventId: '7-4999' }))).toEqual(['hello', 'change 7-5000']);
  });

  it('never shows a gap or a repetition, wherever readers stop and come back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60), { minLength: 1, maxLength: 12 }), async (bursts) => {
        const hub = new EventHub(7);
        const seen: number[] = [];
        let published = 0;
        for (const burst of bursts) {
          const stream = open(hub, { lastEventId: `7-${seen.at(-1) ?? 0}` });
          publish(hub, published + 1, published + burst);
          published += burst;
          for (const name of await readNow(stream)) {
            if (name.startsWith('change')) seen.push(Number(name.split('-')[1]));
          }
          stream.destroy();
        }
        expect(seen).toEqual(Array.from({ length: published }, (_, i) => i + 1));
      }),
      { numRuns: 30 },
    );
  });

  it('gives vitals once, to those who are there and want them', async () => {
    const hub = new EventHub(7);
    hub.publishVitals(vitals);
    const [wanting, declining] = [open(hub), open(hub, { vitals: false })];
    hub.publishVitals(vitals);
    expect(await readNow(wanting)).toEqual(['hello', 'vitals']);
    expect(await readNow(declining)).toEqual(['hello']);
  });
});

describe('an event stream whose reader takes nothing', () => {
  it('holds no more than its small buffer, drops vitals and resyncs when it is behind the ring', async () => {
    const hub = new EventHub(7);
    const stream = open(hub);
    for (let round = 1; round <= 100; round++) {
      publish(hub, (round - 1) * 100 + 1, round * 100);
      hub.publishVitals(vitals);
    }
    expect(stream.readableLength).toBeLessThan(200 * 1024);
    const names = await readNow(stream);
    expect(names.filter((name) => name === 'vitals').length).toBeLessThan(5);
    expect(names).toContain('resync');
    publish(hub, 10_001, 10_001);
    expect(await readNow(stream)).toEqual(['change 7-10001']);
  });

  it('does not slow down the readers beside it', async () => {
    const hub = new EventHub(7);
    open(hub);
    const quick = open(hub);
    await readNow(quick);
    for (let number = 1; number <= 500; number++) {
      publish(hub, number, number);
      expect(await readNow(quick)).toEqual([`change 7-${number}`]);
    }
  });

  it('is closed after a minute of heartbeats, and forgotten', () => {
    const hub = new EventHub(7);
    const stream = open(hub);
    publish(hub, 1, 4000);
    for (let beat = 0; beat < 4; beat++) hub.beat();
    expect(stream.destroyed).toBe(true);
    expect(hub.readerCount).toBe(0);
  });
});

describe('a quiet event stream', () => {
  it('carries comments that keep the connection open', async () => {
    const hub = new EventHub(7);
    const stream = open(hub);
    await readNow(stream);
    hub.beat();
    expect(await readNow(stream)).toEqual(['comment']);
  });

  it('ends properly when the server stops', async () => {
    const hub = new EventHub(7);
    const stream = open(hub);
    const ended = new Promise((resolve) => stream.once('end', resolve));
    hub.finish();
    stream.resume();
    await ended;
    expect(hub.readerCount).toBe(0);
  });
});

describe('the memory of the hub', () => {
  it('is bounded by size as well as by number', async () => {
    const hub = new EventHub(7);
    const heavy = {
      type: 'timeline',
      event: { sequence: 1, detail: { reason: 'x'.repeat(1_000_000) } },
    } as unknown as StateChange;
    for (let i = 0; i < 40; i++) hub.publish(heavy);
    expect(await readNow(open(hub, { lastEventId: '7-1' }))).toEqual(['hello', 'resync']);
    expect(await readNow(open(hub, { lastEventId: '7-38' }))).toEqual([
      'hello',
      'change 7-39',
      'change 7-40',
    ]);
  });
});
