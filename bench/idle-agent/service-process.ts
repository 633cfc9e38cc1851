import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAgent } from '@opscenter/agent';
import { answerParent } from '../harness/child.ts';

/** An ordinary HTTP service, whose agent can be started and stopped while it runs. */
const [registry = '', token = ''] = process.argv.slice(2);
let agent: ReturnType<typeof startAgent> | undefined;

const players = Array.from({ length: 200 }, (_, index) => ({
  id: index,
  name: `player-${index}`,
  score: index * 17,
}));
let requests = 0;

const server = createServer((request, response) => {
  requests++;
  const ranked = players
    .map((player) => ({ ...player, score: (player.score * requests) % 1009 }))
    .sort((a, b) => b.score - a.score);
  const body = JSON.stringify({ url: request.url, ranked });
  response.writeHead(200, {
    'content-type': 'application/json',
    etag: createHash('sha1').update(body).digest('base64url'),
  });
  response.end(body);
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
  agentState: () => agent?.state.state ?? 'none',
  stopAgent: () => agent?.stop(),
  /** Processor time of the whole process, the agent's thread included, and requests since the start. */
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { cpuMicros: user + system, requests };
  },
});
