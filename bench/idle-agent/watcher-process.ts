import { Client, credentials } from '@grpc/grpc-js';
import { pino } from 'pino';
import { Agent } from '#proto/gen/opscenter/v1/agent_pb.ts';
import { openServerStream, tokenMetadata } from '#proto/grpc/client.ts';
import { RegistrySource } from '../../server/discovery/registry-source.ts';
import { answerParent } from '../harness/child.ts';

/**
 * Stands in for the server: the real registry, and for each agent the one stream that the server keeps open, so that
 * vitals flow as they do in production.
 */
const token = process.argv[2] ?? '';
let vitals = 0;

const registry = new RegistrySource({
  host: '127.0.0.1',
  port: 0,
  token,
  epoch: 1,
  networks: [],
  log: pino({ level: 'silent' }),
});

function watch(address: string): void {
  const client = new Client(address, credentials.createInsecure());
  const call = openServerStream(client, Agent, 'watch', {}, { metadata: tokenMetadata(token) });
  call.on('data', () => {
    vitals++;
  });
  call.on('error', () => client.close());
}

await registry.start(
  {
    found: (target) => watch(target.address),
    alive: () => undefined,
    findRefusal: () => undefined,
    lost: () => undefined,
    problem: () => undefined,
  },
  new AbortController().signal,
);

answerParent({ address: () => registry.address, vitals: () => vitals });
