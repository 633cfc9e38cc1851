import { Agent, get } from 'node:http';
import { answerParent } from '../harness/child.ts';
import { percentile } from '../harness/statistics.ts';

const CONNECTIONS = 8;
/** Between an answer and the next question: the service is busy, and not drowned. */
const PAUSE_MS = 4;
const connections = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let latenciesMs: number[] = [];
let failures = 0;

function ask(port: number): void {
  const askedAt = performance.now();
  const again = () => setTimeout(ask, PAUSE_MS, port);
  get({ port, host: '127.0.0.1', path: '/ranking', agent: connections }, (response) => {
    response.resume();
    response.once('end', () => {
      latenciesMs.push(performance.now() - askedAt);
      again();
    });
  }).once('error', () => {
    failures++;
    again();
  });
}

answerParent({
  start: (port: number) => {
    for (let connection = 0; connection < CONNECTIONS; connection++) ask(port);
    return {};
  },
  /** Of the time since this was last asked. */
  read: () => {
    const answer = {
      requests: latenciesMs.length,
      failures,
      p99Ms: percentile(latenciesMs, 0.99),
      worstMs: Math.max(0, ...latenciesMs.slice(-100_000)),
    };
    latenciesMs = [];
    failures = 0;
    return answer;
  },
});
