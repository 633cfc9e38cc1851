import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { waitUntil } from '../testing/wait-until.ts';
import { Hello, Instance, Problem, StateChange, VitalsBatch } from './contract/index.ts';
import { EVENT_STREAM_LIMIT } from './limits.ts';
import { EventReader } from './testing/event-reader.ts';
import { TestConsole } from './testing/test-console.ts';

const eventsOf = (opened: TestConsole, query = '') => `${opened.origin}/api/v1/events${query}`;

function changesOf(reader: EventReader): StateChange[] {
  return reader.received.filter(({ event }) => event === 'change').map(({ data }) => StateChange.parse(data));
}

const numberOf = (id: string | undefined) => Number(id?.split('-')[1]);

describe('the events', () => {
  test('tell by the contract what happens, as it happens', async () => {
    const opened = await TestConsole.open();
    const reader = await EventReader.connect(eventsOf(opened));
    Hello.parse((await reader.next('hello')).data);
    const { instance } = await opened.connectAgent();
    const capture = await opened.capture(instance);
    VitalsBatch.parse((await reader.next('vitals')).data);
    await waitUntil('the capture is told as complete', () =>
      changesOf(reader).some(
        (change) => change.type === 'capture' && change.capture.status.state === 'complete',
      ),
    );
    const kinds = changesOf(reader).flatMap((change) =>
      change.type === 'timeline' ? [change.event.kind] : [],
    );
    expect(kinds).toEqual(
      expect.arrayContaining(['instance-connected', 'capture-requested', 'capture-complete']),
    );
    await opened.change('DELETE', `/api/v1/captures/${capture.id}`);
    await waitUntil('its removal is told', () =>
      changesOf(reader).some((change) => change.type === 'capture-removed'),
    );
    reader.close();
  });

  test('begin where an answer left off that names the last change in it, unless it may be kept', async () => {
    const opened = await TestConsole.open();
    const positionOf = async (path: string) =>
      (await opened.send(path)).headers['opscenter-last-change']?.toString();
    const { instance } = await opened.connectAgent();
    const before = await positionOf('/api/v1/services');
    const { id: capture } = await opened.capture(instance);
    const path = `/api/v1/captures/${capture}/artifact`;
    await waitUntil('the capture has an artifact', async () => (await opened.send(path)).status === 200);
    const reader = await EventReader.connect(eventsOf(opened));
    const { id } = await reader.next('hello');
    reader.close();
    expect(before?.split('-')[0]).toBe(id?.split('-')[0]);
    expect(numberOf(before)).toBeLessThan(numberOf(id));
    expect(numberOf(await positionOf('/api/v1/services'))).toBeGreaterThanOrEqual(numberOf(id));
    expect(await positionOf(path)).toBeUndefined();
  });

  test('leave vitals out for whoever does not want them', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent();
    const with_ = await EventReader.connect(eventsOf(opened));
    const without = await EventReader.connect(eventsOf(opened, '?vitals=off'));
    await with_.next('vitals');
    await with_.next('vitals');
    expect(without.received.map(({ event }) => event)).not.toContain('vitals');
    with_.close();
    without.close();
  });

  test('come without gap or repetition to a reader that loses its connection again and again', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent();
    const { id } = await opened.capture(instance);
    let reader = await EventReader.connect(eventsOf(opened, '?vitals=off'));
    await reader.next('hello');
    const seen: number[] = [];
    const last = 30;
    for (let note = 1; note <= last; note++) {
      await opened.change('PATCH', `/api/v1/captures/${id}`, { note: String(note) });
      if (note % 5 === 0) {
        reader.close();
        await reader.ended;
        seen.push(
          ...reader.received.filter(({ event }) => event === 'change').map((event) => numberOf(event.id)),
        );
        await opened.change('PATCH', `/api/v1/captures/${id}`, { note: `${note}, unseen` });
        reader = await reader.reconnect();
      }
    }
    await waitUntil('the last change arrives', () =>
      changesOf(reader).some(
        (change) => change.type === 'capture' && change.capture.note === `${last}, unseen`,
      ),
    );
    seen.push(
      ...reader.received.filter(({ event }) => event === 'change').map((event) => numberOf(event.id)),
    );
    reader.close();
    expect(seen).toEqual(seen.map((_, i) => (seen[0] ?? 0) + i));
    expect(seen.length).toBeGreaterThanOrEqual(last);
    expect(reader.received.map(({ event }) => event)).not.toContain('resync');
  });

  test('say after a restart of the server that everything is to be fetched anew', async () => {
    const before = await TestConsole.open();
    const reader = await EventReader.connect(eventsOf(before));
    const { epoch } = Hello.parse((await reader.next('hello')).data);
    const { dataDirectory } = before;
    await before[Symbol.asyncDispose]();
    await reader.ended;
    const after = await TestConsole.open({ dataDirectory });
    const again = await reader.reconnect(eventsOf(after));
    expect(Hello.parse((await again.next('hello')).data).epoch).toBeGreaterThan(epoch);
    expect(z.object({ reason: z.string() }).parse((await again.next('resync')).data).reason).toContain(
      'restarted',
    );
    again.close();
  });

  test.each(['nonsense', '99-1', '1-999999', `${'9'.repeat(4000)}-1`, '1-1, 1-2', '\u00ff'])(
    'answer to the last id %j with a resync instead of a failure, which a browser would not come back from',
    async (id) => {
      const opened = await TestConsole.open();
      const reader = await EventReader.connect(eventsOf(opened), { 'last-event-id': id });
      await reader.next('resync');
      reader.close();
    },
  );

  test('keep a reader that takes nothing from holding anything up', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent();
    const { id } = await opened.capture(instance);
    const stalled = await EventReader.connect(eventsOf(opened));
    await stalled.next('hello');
    stalled.pause();
    const quick = await EventReader.connect(eventsOf(opened, '?vitals=off'));
    await quick.next('hello');
    for (let i = 0; i < 50; i++) {
      await opened.change('PATCH', `/api/v1/captures/${id}`, { note: `${i} ${'x'.repeat(1900)}` });
      await quick.next('change');
    }
    stalled.resume();
    await waitUntil('it catches up', () =>
      changesOf(stalled).some((change) => change.type === 'capture' && change.capture.note.startsWith('49 ')),
    );
    stalled.close();
    quick.close();
  });

  test('are given to so many readers and no more, and to others when one has left', async () => {
    const opened = await TestConsole.open();
    const readers = await Promise.all(
      Array.from({ length: EVENT_STREAM_LIMIT }, () => EventReader.connect(eventsOf(opened, '?vitals=off'))),
    );
    const refused = await opened.send('/api/v1/events');
    expect(refused.status).toBe(503);
    expect(Problem.parse(refused.json()).code).toBe('too-many-streams');
    readers[0]?.close();
    await waitUntil('there is room', () =>
      EventReader.connect(eventsOf(opened)).then(
        (reader) => {
          reader.close();
          return true;
        },
        () => false,
      ),
    );
    for (const reader of readers) reader.close();
  });

  test('end when the server stops, which does not wait for them', async () => {
    const opened = await TestConsole.open();
    const reader = await EventReader.connect(eventsOf(opened));
    await reader.next('hello');
    const startedAt = performance.now();
    await opened[Symbol.asyncDispose]();
    await reader.ended;
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test('are metered', async () => {
    const opened = await TestConsole.open();
    const reader = await EventReader.connect(eventsOf(opened));
    await reader.next('hello');
    const { text, headers } = await opened.send('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('opscenter_event_streams 1');
    expect(text).toMatch(/^opscenter_instances\{connection="connected"\} 0$/m);
    reader.close();
  });
});

describe('a list that is fetched after hello', () => {
  test('and the changes since then make the present', async () => {
    const opened = await TestConsole.open();
    const reader = await EventReader.connect(eventsOf(opened));
    await reader.next('hello');
    const listed = z.array(Instance).parse((await opened.send('/api/v1/instances')).json());
    expect(listed).toEqual([]);
    const { instance } = await opened.connectAgent();
    await waitUntil('it is told', () =>
      changesOf(reader).some(
        (change) =>
          change.type === 'instance' &&
          change.instance.id === instance.id &&
          change.instance.connection.state === 'connected',
      ),
    );
    reader.close();
  });
});
