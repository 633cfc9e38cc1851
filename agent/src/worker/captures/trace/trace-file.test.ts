import { describe, expect, it } from 'vitest';
import type { ThreadNotes } from './thread-notes.ts';
import { TraceEvents } from './trace-events.ts';
import { toTracePieces } from './trace-file.ts';

type Event = Record<string, unknown> & { ph: string; ts: number; dur: number; tid: number };

const ms = 1_000;

/** A thread that waited, was blocked for 40 ms, and made a call. */
const main = {
  tid: 7,
  name: 'main thread',
  window: { beganMicros: 0, endedMicros: 200 * ms },
  waits: [[100 * ms, 150 * ms, 50 * ms, 300, 1]],
  calls: [['pg:query', 20 * ms, 130 * ms]],
  sleeps: [{ beganMicros: 30 * ms, endedMicros: 70 * ms }],
  smallMicros: 250,
} as unknown as ThreadNotes;

function write(): Event[] {
  const events = new TraceEvents(undefined);
  events.add([
    { name: 'MinorGC', cat: 'v8', ph: 'B', pid: 1, ts: 80 * ms, tid: 7, args: {} },
    { name: 'MinorGC', cat: 'v8', ph: 'E', pid: 1, ts: 81 * ms, tid: 7, args: {} },
    { name: 'thread_name', cat: '__metadata', ph: 'M', pid: 1, ts: 0, tid: 9, args: { name: 'V8 helper' } },
  ]);
  const pieces = [...toTracePieces({ service: 'lobby', events, threads: [main], categories: ['v8'] })];
  return JSON.parse(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString()).traceEvents;
}

const loopOf = (events: Event[]) =>
  events
    .filter(({ cat }) => cat === 'opscenter.loop')
    .map(({ name, ts, dur }) => `${name} ${ts / ms}–${(ts + dur) / ms}`);

/** As the format's own document asks it of every viewer's file. */
describe('a trace file', () => {
  it('has of every event its name, phase, process and thread, and a time but of what names them', () => {
    for (const event of write()) {
      expect(event).toMatchObject({
        name: expect.any(String),
        pid: expect.any(Number),
        tid: expect.any(Number),
      });
      expect(event.ph).toMatch(/^[MXBEbe]$/);
      if (event.ph !== 'M') expect(Number.isFinite(event.ts)).toBe(true);
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
    }
  });

  it('has calls as pairs that the same category and id hold together', () => {
    const calls = write().filter(({ ph }) => ph === 'b' || ph === 'e');
    expect(calls.map(({ ph, cat, id, ts }) => [ph, cat, id, ts / ms])).toEqual([
      ['b', 'opscenter.calls', '7.0', 20],
      ['e', 'opscenter.calls', '7.0', 150],
    ]);
  });

  it('has what a thread was at without a gap, and being blocked within what it executed', () => {
    expect(loopOf(write())).toEqual([
      'executing 0–100',
      'waiting 100–150',
      'executing 150–200',
      // Less what it waited in pieces too short to be told apart.
      'blocked 30–69.7',
    ]);
  });

  it('names the threads of the service first, and those of V8', () => {
    const names = write().filter(({ name }) => name === 'thread_name');
    expect(names.map(({ tid, args }) => [tid, (args as { name: string }).name])).toEqual([
      [7, 'main thread'],
      [9, 'V8 helper'],
    ]);
  });
});
