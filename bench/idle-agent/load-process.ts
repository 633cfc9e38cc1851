import { Agent, get } from 'node:http';
import { answerParent } from '../harness/child.ts';

const CONNECTIONS = 16;
const connections = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Asks again as soon as there is an answer. */
function askUntil(port: number, deadline: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    const next = () => {
      if (performance.now() >= deadline) {
        resolve(answers);
        return;
      }
      get({ port, host: '127.0.0.1', path: '/ranking', agent: connections }, (response) => {
        response.resume();
        response.once('end', () => {
          answers++;
          next();
        });
      }).once('error', reject);
    };
    next();
  });
}

answerParent({
  /** Loads a service for a time; answers with requests per second. */
  load: async ({ port, seconds }: { port: number; seconds: number }) => {
    const startedAt = performance.now();
    const deadline = startedAt + seconds * 1000;
    const answers = await Promise.all(Array.from({ length: CONNECTIONS }, () => askUntil(port, deadline)));
    const total = answers.reduce((sum, count) => sum + count, 0);
    return total / ((performance.now() - startedAt) / 1000);
  },
});
