import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { startAgent } from '@opscenter/agent';
import { WebSocketServer } from 'ws';
import { answerParent } from '../harness/child.ts';

/** A service that answers HTTP requests and WebSocket messages, and awaits some things on the way. Its agent comes and goes. */
const [registry = '', token = ''] = process.argv.slice(2);
let agent: ReturnType<typeof startAgent> | undefined;
let wallet: ReturnType<NonNullable<typeof agent>['trackLock']> | undefined;
let answers = 0;

const players = Array.from({ length: 100 }, (_, index) => ({
  id: index,
  name: `player-${index}`,
  score: index * 17,
}));

/** A request's work: four awaits that are at once resolved and one that takes a turn of the event loop, behind a lock. */
async function rank(): Promise<string> {
  const scores = await Promise.all(
    [0, 1, 2].map(async (part) => players.slice(part * 33, part * 33 + 33).map(({ score }) => score)),
  );
  const claim = wallet?.waiting();
  await turn();
  claim?.acquired();
  const ranked = players
    .map((player) => ({ ...player, score: (player.score * answers + (scores[0]?.[0] ?? 0)) % 1009 }))
    .sort((a, b) => b.score - a.score);
  claim?.released();
  return JSON.stringify(ranked);
}

const server = createServer(async (_, response) => {
  const body = await rank();
  answers += 1;
  response.writeHead(200, {
    'content-type': 'application/json',
    etag: createHash('sha1').update(body).digest('base64url'),
  });
  response.end(body);
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => {
  socket.on('message', async (message: Buffer) => {
    const move = JSON.parse(message.toString()) as { sequence: number };
    await turn();
    answers += 1;
    socket.send(JSON.stringify({ ...move, players: players.slice(0, 20) }));
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

answerParent({
  port: () => (server.address() as AddressInfo).port,
  startAgent: () => {
    agent = startAgent({
      service: 'bench',
      version: '1',
      labels: { tier: 'other' },
      server: registry,
      token,
    });
  },
  /** From now on each request tells of its turn with a lock. */
  trackLock: () => {
    wallet = agent?.trackLock({ id: 'lock:wallet', name: 'Wallet' });
  },
  untrackLock: () => {
    wallet?.dispose();
    wallet = undefined;
  },
  agentState: () => agent?.state.state ?? 'none',
  stopAgent: () => agent?.stop(),
  /** Processor time of the main thread and of the whole process, in microseconds, and answers since the start. */
  usage: () => {
    const thread = process.threadCpuUsage();
    const whole = process.cpuUsage();
    return {
      threadMicros: thread.user + thread.system,
      processMicros: whole.user + whole.system,
      answers,
    };
  },
});
