import { pino } from 'pino';
import { type CaptureKind, RecordingPhase } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient, type CollectStream } from '../../agent/testing/agent-client.ts';
import { RegistrySource } from '../../server/discovery/registry-source.ts';
import { answerParent } from '../harness/child.ts';
import { nameOfKind } from '../harness/kind-names.ts';

/**
 * Stands in for the server: the real registry, the one stream of vitals that the server keeps open, and captures through
 * the agent's own endpoint.
 */
const token = process.argv[2] ?? '';
const longestMs = 60_000;
let vitals = 0;
let agent: AgentClient | undefined;
let captures = 0;
let running: { id: string; ended: Promise<void> } | undefined;

const registry = new RegistrySource({
  host: '127.0.0.1',
  port: 0,
  token,
  epoch: 1,
  networks: [],
  log: pino({ level: 'silent' }),
});

function meet(address: string): void {
  agent?.[Symbol.dispose]();
  agent = new AgentClient(address, token);
  agent.watch().on('data', () => {
    vitals += 1;
  });
}

/** Follows a capture to its end, and tells when recording has begun. */
function follow(stream: CollectStream, kind: CaptureKind): { began: Promise<void>; ended: Promise<void> } {
  const { promise: began, resolve, reject } = Promise.withResolvers<void>();
  const ended = new Promise<void>((done) => {
    stream.on('data', ({ event }) => {
      if (event.case === 'progress' && event.value.phase === RecordingPhase.RECORDING) resolve();
      if (event.case === 'failed') reject(new Error(`${nameOfKind(kind)}: ${event.value.message}`));
    });
    stream.on('error', reject);
    for (const end of ['end', 'error']) stream.once(end, () => done());
  });
  return { began, ended };
}

await registry.start(
  {
    found: (target) => meet(target.address),
    alive: () => undefined,
    findRefusal: () => undefined,
    lost: () => undefined,
    problem: () => undefined,
  },
  new AbortController().signal,
);

answerParent({
  address: () => registry.address,
  vitals: () => vitals,
  /** The kinds that the agent records here. */
  kinds: async () => {
    const described = await agent?.describe();
    return described?.captures.filter(({ available }) => available).map(({ kind }) => kind) ?? [];
  },
  /** Resolves when the capture records. */
  start: async (kind: CaptureKind) => {
    if (!agent) throw new Error('No agent has registered');
    captures += 1;
    const id = `capture-${captures}`;
    const { began, ended } = follow(agent.openCollect({ captureId: id, kind, durationMs: longestMs }), kind);
    await began;
    running = { id, ended };
  },
  /** Keeps what was recorded, receives it and lets it go. */
  end: async () => {
    if (!agent || !running) return;
    const { id, ended } = running;
    running = undefined;
    await agent.stop(id);
    await ended;
    await agent.release(id);
  },
});
