import { describe, expect, test } from 'vitest';
import { ChartClient } from './chart-client.ts';
import type { CallWithCallers, ChartReport, ChartRequest, Drawing, PointedCall } from './protocol.ts';

const drawing = (scrollTop: number): Drawing => ({
  seen: { fromMicros: 0, toMicros: 1000 },
  width: 100,
  height: 50,
  pixelRatio: 1,
  scrollTop,
  rootBelow: false,
  point: undefined,
  selected: undefined,
  isFocused: false,
  chosen: undefined,
});

function connected() {
  const sent: ChartRequest[] = [];
  const port = {
    postMessage: (request: ChartRequest) => sent.push(request),
    close: () => {},
    onmessage: null as MessagePort['onmessage'],
  };
  const client = new ChartClient(port as unknown as MessagePort);
  const report = (data: ChartReport) =>
    port.onmessage?.call(port as unknown as MessagePort, { data } as MessageEvent);
  const drawn = () => sent.flatMap((request) => (request.type === 'draw' ? [request.drawing.scrollTop] : []));
  return { client, report, sent, drawn };
}

const call = { sample: 1, depth: 2, func: 3, startMicros: 4, endMicros: 5, selfMicros: 1 };
const REPLY: ChartReport = { type: 'drawn', pointed: undefined, maxDepth: 3 };

describe('the page of a chart', () => {
  test('has one frame under way at most, and then wants the latest alone', () => {
    const { client, report, drawn } = connected();
    for (const at of [1, 2, 3]) client.draw(drawing(at));
    expect(drawn()).toEqual([1]);
    report(REPLY);
    expect(drawn()).toEqual([1, 3]);
    report(REPLY);
    expect(drawn()).toEqual([1, 3]);
    client.draw(drawing(4));
    expect(drawn()).toEqual([1, 3, 4]);
  });

  test('is told what was pointed at, with the frame that it was pointed at in', () => {
    const { client, report } = connected();
    const told: [PointedCall | undefined, number][] = [];
    client.onDrawn(({ pointed }, { scrollTop }) => told.push([pointed, scrollTop]));
    client.draw(drawing(1));
    client.draw(drawing(2));
    report({ type: 'drawn', pointed: { call, beside: 7 }, maxDepth: 3 });
    report(REPLY);
    expect(told).toEqual([
      [{ call, beside: 7 }, 1],
      [undefined, 2],
    ]);
  });

  test('has drawn again what is stale', () => {
    const { client, report, drawn } = connected();
    report({ type: 'stale' });
    expect(drawn()).toEqual([]);
    client.draw(drawing(1));
    report(REPLY);
    report({ type: 'stale' });
    expect(drawn()).toEqual([1, 1]);
  });

  test('gives each question its own answer', async () => {
    const { client, report } = connected();
    const asked = [1, 2].map((sample) => client.ask({ ask: 'call', at: { sample, depth: 1 } }));
    const answer: CallWithCallers = { call, path: [call] };
    report({ type: 'answer', id: 2, answer });
    report({ type: 'answer', id: 1, answer: undefined });
    expect(await Promise.all(asked)).toEqual([undefined, answer]);
  });
});
