import { Agent, get } from 'node:http';
import { WebSocket } from 'ws';
import { answerParent } from '../harness/child.ts';

const REQUESTS_AT_ONCE = 12;
const SOCKETS = 8;
const connections = new Agent({ keepAlive: true, maxSockets: REQUESTS_AT_ONCE });

/** Asks again as soon as there is an answer, until the deadline. */
function request(port: number, deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      if (performance.now() >= deadline) return resolve();
      get({ port, host: '127.0.0.1', path: '/ranking', agent: connections }, (response) => {
        response.resume();
        response.once('end', next);
      }).once('error', reject);
    };
    next();
  });
}

/** Sends the next message as soon as the last one was answered. */
function talk(port: number, deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    let sequence = 0;
    const next = () => {
      if (performance.now() >= deadline) return socket.close();
      sequence += 1;
      socket.send(JSON.stringify({ sequence, move: 'to the left' }));
    };
    socket.once('open', next);
    socket.on('message', next);
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
}

answerParent({
  /** Keeps a service as busy as it can be for a time. */
  load: async ({ port, seconds }: { port: number; seconds: number }) => {
    const deadline = performance.now() + seconds * 1000;
    await Promise.all([
      ...Array.from({ length: REQUESTS_AT_ONCE }, () => request(port, deadline)),
      ...Array.from({ length: SOCKETS }, () => talk(port, deadline)),
    ]);
  },
});
