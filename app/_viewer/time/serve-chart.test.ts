import { describe, expect, test } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { ChartHost } from './chart-host.ts';
import type { ChartReport, ChartRequest } from './protocol.ts';
import { serveChart } from './serve-chart.ts';

const profile = profileFromText(`
  main  main
  parse render
`);
const { profile: opened } = toSubject(profile);
const callAt = (id: number): ChartRequest => ({
  type: 'question',
  id,
  question: { ask: 'call', at: { sample: 0, depth: 2 } },
});

const activity: ChartRequest = {
  type: 'activity',
  parts: 2,
  kinds: new Uint8Array(opened.functions.length),
  kindCount: 1,
};

function served(loadHost: () => Promise<typeof ChartHost>) {
  const reports: ChartReport[] = [];
  const failures: unknown[] = [];
  const port = {
    onmessage: null as MessagePort['onmessage'],
    postMessage: (report: ChartReport) => reports.push(report),
  } as unknown as MessagePort;
  serveChart(profile, opened, port, loadHost, (error) => failures.push(error));
  const send = (data: ChartRequest) => port.onmessage?.({ data } as MessageEvent);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { send, settled, reports, failures };
}

describe('a chart that is served at a port', () => {
  test('tells of its strip without the code of the chart', () => {
    const { send, reports } = served(() => Promise.reject(new Error('nobody asked')));
    send(activity);
    expect(reports.map(({ type }) => type)).toEqual(['activity']);
  });

  test('serves in order what was asked before the code had come, and what is asked after it', async () => {
    const { send, settled, reports } = served(async () => ChartHost);
    send(callAt(1));
    send(activity);
    send(callAt(2));
    await settled();
    send(callAt(3));
    send(activity);
    expect(reports.map((report) => (report.type === 'answer' ? report.id : report.type))).toEqual([
      'activity',
      1,
      2,
      3,
      'activity',
    ]);
  });

  test('says once that the code did not come', async () => {
    const { send, settled, failures } = served(() => Promise.reject(new Error('gone')));
    send(callAt(1));
    send(callAt(2));
    await settled();
    expect(failures).toEqual([new Error('gone')]);
  });
});
