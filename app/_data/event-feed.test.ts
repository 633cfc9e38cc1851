import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnsweredBefore } from './answered-before.ts';
import { EventFeed } from './event-feed.ts';

/** The browser's EventSource, driven by hand: Node has none that is on by default. */
class HandDrivenSource extends EventTarget {
  readyState = 1;
  closed = false;

  say(name: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }

  /** As a browser does after an answer that is no event stream. */
  giveUp(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }

  /** As a browser does when the connection breaks: it tries again by itself. */
  breakOff(): void {
    this.readyState = 0;
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.closed = true;
    this.readyState = 2;
  }
}

const hello = (epoch: number) => ({ epoch, serverStartedAt: '', now: '', version: '' });

function start() {
  const sources: HandDrivenSource[] = [];
  const told: string[] = [];
  const answers = new AnsweredBefore();
  const feed = new EventFeed(
    {
      onChange: (change) => told.push(`change ${change.type}`),
      onVitals: () => told.push('vitals'),
      onHello: ({ epoch }) => told.push(`hello ${epoch}`),
      onGap: () => told.push('gap'),
      onRefused: () => told.push('refused'),
    },
    () => {
      const source = new HandDrivenSource();
      sources.push(source);
      return source as unknown as EventSource;
    },
    answers,
  );
  const stop = feed.start();
  return { feed, stop, told, answers, sources, last: () => sources.at(-1) as HandDrivenSource };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the event feed', () => {
  it('passes on what it hears and remembers when', () => {
    const { feed, told, last } = start();
    expect(feed.lastHeardMs).toBeNull();
    last().say('hello', hello(1));
    last().say('vitals', {});
    last().say('change', { type: 'instance' });
    expect(told).toEqual(['hello 1', 'vitals', 'change instance']);
    expect(feed.lastHeardMs).toBe(Date.now());
  });

  it('leaves a broken connection to the browser, which asks for what was missed', () => {
    const { told, sources, last } = start();
    last().say('hello', hello(1));
    last().breakOff();
    last().say('hello', hello(1));
    expect(sources).toHaveLength(1);
    expect(told).toEqual(['hello 1', 'hello 1']);
  });

  it('has a gap after a restart of the server, and when the server says so', () => {
    const { told, last } = start();
    last().say('hello', hello(1));
    last().say('hello', hello(2));
    last().say('resync', { reason: '' });
    expect(told).toEqual(['hello 1', 'hello 2', 'gap', 'gap']);
  });

  it('has a gap when a change fell between an answer and the beginning of the stream', () => {
    const { told, answers, last } = start();
    answers.answered('1-8');
    answers.answered('1-7');
    last().say('hello', hello(1), '1-8');
    expect(told).toEqual(['hello 1', 'gap']);
  });

  it('has it also when the answer comes after the beginning, and once only', () => {
    const { told, answers, last } = start();
    last().say('hello', hello(1), '1-8');
    answers.answered('1-8');
    answers.answered(null);
    expect(told).toEqual(['hello 1']);
    answers.answered('1-7');
    answers.answered('1-6');
    expect(told).toEqual(['hello 1', 'gap']);
  });

  it('has it when the server was restarted between an answer and the beginning', () => {
    const { told, answers, last } = start();
    answers.answered('1-9');
    answers.answered('2-9');
    last().say('hello', hello(2), '2-9');
    expect(told).toEqual(['hello 2', 'gap']);
  });

  it('has none when nothing happened in between', () => {
    const { told, answers, last } = start();
    answers.answered('1-8');
    last().say('hello', hello(1), '1-8');
    answers.answered('1-9');
    expect(told).toEqual(['hello 1']);
  });

  it('opens a new stream where the browser gave up, at growing intervals, and has a gap then', async () => {
    const { told, sources, last } = start();
    last().say('hello', hello(1));
    last().giveUp();
    expect(told).toEqual(['hello 1', 'refused']);
    await vi.advanceTimersByTimeAsync(500);
    expect(sources).toHaveLength(2);
    last().giveUp();
    await vi.advanceTimersByTimeAsync(500);
    expect(sources).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(sources).toHaveLength(3);
    last().say('hello', hello(1));
    expect(told.slice(-2)).toEqual(['hello 1', 'gap']);
  });

  it('takes a stream that is silent too long for dead', async () => {
    const { sources, last } = start();
    last().say('hello', hello(1));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(sources.length).toBeGreaterThan(1);
    expect(sources[0]?.closed).toBe(true);
  });

  it('ends with its page', async () => {
    const { stop, sources, last } = start();
    last().say('hello', hello(1));
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sources).toHaveLength(1);
    expect(sources[0]?.closed).toBe(true);
  });
});
