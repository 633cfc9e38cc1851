import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs, timestampNow } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ReadResourceResponseSchema,
  type ResourceItem_Condition,
  type ResourceStateSchema,
  Responsiveness_State,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import { identityOf } from '../testing/identity.ts';
import { refusal } from '../testing/scripted-actions.ts';
import type { AgentScript } from '../testing/scripted-agent.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { FleetResource, Instance, Problem, ResourceDetail, StateChange } from './contract/index.ts';
import { EventReader } from './testing/event-reader.ts';
import { TestConsole } from './testing/test-console.ts';

const FleetResources = z.array(FleetResource);
type State = MessageInitShape<typeof ResourceStateSchema>;

const stale = 'Seven connections to steampunk2-0 are older than the process behind them.';
const troubled: State = {
  id: 'pool',
  at: timestampNow(),
  measures: [{ name: 'stale', value: 7, unit: '1' }],
  finding: { sentence: stale, actionType: 'pool.flush', parametersJson: '{"game":"steampunk2"}' },
};

const pool = (script: AgentScript = {}): AgentScript => ({ ...script, watchIntervalMs: 200 });

async function list(opened: TestConsole, query = '') {
  return FleetResources.parse((await opened.send(`/api/v1/resources${query}`)).json());
}

/** The one resource of the one instance, as soon as it has been told of. */
async function told(opened: TestConsole) {
  const [found] = await waitUntil('it is told of', async () => {
    const all = await list(opened);
    return all[0]?.resource.at ? all : undefined;
  });
  return found?.resource ?? expect.fail();
}

async function readPool(opened: TestConsole, instance: Instance, resourceId = 'pool') {
  const answer = await opened.send(`/api/v1/instances/${instance.id}/resources/${resourceId}`);
  return { status: answer.status, problem: Problem.safeParse(answer.json()).data, answer };
}

describe('the resources of the fleet', () => {
  test('are listed with their instances, and chosen by kind, service and findings', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent(pool({ service: 'bg-gate', resources: () => [troubled] }));
    await opened.connectAgent(pool({ identity: identityOf('lobby', { pid: 12 }) }));
    await waitUntil('the finding is told', async () => (await list(opened, '?findings=only')).length === 1);
    expect(await list(opened, '?findings=only')).toMatchObject([
      {
        service: 'bg-gate',
        instanceName: 'bg-gate-0',
        resource: {
          measures: [{ name: 'stale', value: 7 }],
          finding: { sentence: stale, action: { type: 'pool.flush', parameters: { game: 'steampunk2' } } },
        },
      },
    ]);
    expect(await list(opened)).toHaveLength(2);
    expect(await list(opened, '?kind=pool&service=lobby')).toMatchObject([{ resource: { finding: null } }]);
    expect(await list(opened, '?kind=rooms')).toEqual([]);
    expect((await opened.send('/api/v1/resources?findings=all')).status).toBe(400);
  });

  test('are gone with their instance', async () => {
    const opened = await TestConsole.open();
    const { agent } = await opened.connectAgent(pool({ resources: () => [troubled] }));
    await told(opened);
    agent.vanish();
    await waitUntil('they are gone', async () => (await list(opened)).length === 0);
  });
});

describe('a resource that is opened', () => {
  test('is read from the instance at that moment', async () => {
    const opened = await TestConsole.open();
    let calls = 0;
    const { instance } = await opened.connectAgent({
      readResource: (_request, obedient) => ({ ...obedient, itemCount: BigInt(++calls * 5000) }),
    });
    await readPool(opened, instance);
    const { answer, status } = await readPool(opened, instance);
    expect(status).toBe(200);
    expect(ResourceDetail.parse(answer.json())).toMatchObject({
      id: 'pool',
      kind: 'pool',
      items: [{ id: 'c1', condition: 'well', state: 'healthy', createdAt: null }],
      itemCount: 10_000,
    });
  });

  test('and is not there is a 404', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({
      readResource: () => {
        throw refusal(status.NOT_FOUND, 'unknown-resource', 'no such resource');
      },
    });
    expect(await readPool(opened, instance)).toMatchObject({ problem: { code: 'resource-not-found' } });
    expect(await readPool(opened, instance, 'a%2Fb')).toMatchObject({
      status: 404,
      problem: { code: 'resource-not-found', detail: expect.stringContaining('user-service-0') },
    });
    const nobody = { ...instance, id: Instance.shape.id.parse('nobody.0123456789') };
    expect(await readPool(opened, nobody)).toMatchObject({ problem: { code: 'instance-not-found' } });
  });

  test('of a stuck service fails with the sentence of its agent', async () => {
    const opened = await TestConsole.open();
    const sentence = 'The main thread has not answered for 12 s; the pool lives on it.';
    const { instance } = await opened.connectAgent({
      readResource: () => {
        throw refusal(status.FAILED_PRECONDITION, 'main-thread-stuck', sentence);
      },
    });
    expect(await readPool(opened, instance)).toMatchObject({
      status: 409,
      problem: { code: 'main-thread-stuck', detail: expect.stringContaining(sentence) },
    });
  });

  test('of an agent that hangs fails after three seconds, with what its vitals say', {
    timeout: 20_000,
  }, async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent(
      pool({
        readResource: () => new Promise(() => {}),
        vitals: () => ({
          responsiveness: { state: Responsiveness_State.STUCK_IN_JS, unresponsiveFor: durationFromMs(9000) },
        }),
      }),
    );
    await waitUntil('it is known to be stuck', async () => {
      const { health } = Instance.parse((await opened.send(`/api/v1/instances/${instance.id}`)).json());
      return health.state === 'stuck';
    });
    expect(await readPool(opened, instance)).toMatchObject({
      problem: { code: 'main-thread-stuck', detail: expect.stringContaining('executing JavaScript') },
    });
  });

  test('of an instance that has ended says so', async () => {
    const opened = await TestConsole.open();
    const { agent, instance } = await opened.connectAgent();
    opened.source.lose(agent, { kind: 'deregistered', sentence: 'SIGTERM' });
    expect(await readPool(opened, instance)).toMatchObject({
      status: 409,
      problem: { code: 'instance-unreachable', detail: expect.stringContaining('it is stopped: SIGTERM') },
    });
  });

  test('of a service whose own code fails says what it said', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({
      readResource: () => {
        throw refusal(status.FAILED_PRECONDITION, 'read-failed', 'connections is not iterable');
      },
    });
    expect(await readPool(opened, instance)).toMatchObject({
      status: 503,
      problem: { code: 'resource-unreadable', detail: expect.stringContaining('not iterable') },
    });
  });
});

describe('an agent that says too much or nonsense', () => {
  test('of its findings is cut, and its suggestions are kept only when they can be followed', async () => {
    const opened = await TestConsole.open();
    const suggesting = (actionType: string, parametersJson: string): State => ({
      ...troubled,
      finding: {
        sentence: `<img src=x onerror=alert(1)>\u202e${'!'.repeat(9000)}`,
        actionType,
        parametersJson,
      },
    });
    let says = suggesting('pool.flush', '{}');
    await opened.connectAgent(pool({ resources: () => [says] }));
    const { finding } = await told(opened);
    // Text stays text: the page shows it as it is, and nothing in it acts on what stands around it.
    expect(finding?.sentence).toMatch(/^<img src=x onerror=alert\(1\)>\ufffd!+$/);
    expect(finding?.sentence).toHaveLength(500);
    expect(finding?.action).toEqual({ type: 'pool.flush', parameters: {} });
    for (const [type, parameters] of [
      ['server.explode', '{}'],
      ['pool.flush', '[1]'],
      ['pool.flush', '{"game":'],
      ['pool.flush', `{"game":"${'x'.repeat(10_000)}"}`],
      ['pool.flush', `{"${'k'.repeat(65)}":1}`],
    ] as const) {
      says = suggesting('pool.flush', '{}');
      await waitUntil('it suggests', async () => (await told(opened)).finding?.action);
      says = suggesting(type, parameters);
      await waitUntil(`${type} ${parameters.slice(0, 20)} is no suggestion`, async () => {
        const now = (await told(opened)).finding;
        return now?.sentence && now.action === null;
      });
    }
    says = { ...troubled, finding: { sentence: '', actionType: 'pool.flush' } };
    await waitUntil('a finding without words is none', async () => (await told(opened)).finding === null);
  }, 20_000);

  test('of its measures is cut, and what is no number is left out', async () => {
    const opened = await TestConsole.open();
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1];
    const measures = Array.from({ length: 80 }, (_, index) => ({
      name: `${index}`.repeat(100),
      value: numbers[index % 4] ?? 0,
      unit: 'µ'.repeat(99),
    }));
    await opened.connectAgent(pool({ resources: () => [{ ...troubled, measures }] }));
    const resource = await told(opened);
    expect(resource.measures.map(({ value }) => value)).toEqual(Array(16).fill(1));
    expect(resource.measures.every(({ name, unit }) => name.length <= 64 && unit.length <= 16)).toBe(true);
  });

  test('of the things in a resource is cut to a thousand, and its texts to size', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({
      readResource: () =>
        create(ReadResourceResponseSchema, {
          items: Array.from({ length: 3000 }, () => ({
            id: 'i'.repeat(140),
            condition: 99 as ResourceItem_Condition,
            state: 's'.repeat(99),
            createdAt: { seconds: 10n ** 15n },
            measures: [{ name: 'age', value: Number.NaN }],
          })),
          itemCount: 2n ** 64n - 1n,
        }),
    });
    const { answer } = await readPool(opened, instance);
    const detail = ResourceDetail.parse(answer.json());
    expect(detail.itemCount).toBe(1000);
    expect(detail.items).toHaveLength(1000);
    expect(detail.items[0]).toMatchObject({ condition: 'attention', createdAt: null, measures: [] });
    expect(detail.items[0]?.id).toHaveLength(128);
    expect(detail.items[0]?.state).toHaveLength(64);
  });

  test('of more things than an agent has to say is not even decoded', async () => {
    const opened = await TestConsole.open();
    const flood = create(ReadResourceResponseSchema, { items: Array(110_000).fill({}) });
    const { instance } = await opened.connectAgent({ readResource: () => flood });
    const { problem } = await readPool(opened, instance);
    expect(problem?.detail).toContain('more than 100000 fields');
  });
});

describe('an instance in the event stream', () => {
  test('tells the actions that it allows, each once', async () => {
    const opened = await TestConsole.open();
    const reader = await EventReader.connect(`${opened.origin}/api/v1/events?vitals=off`);
    await opened.connectAgent({
      describe: (obedient) => ({ ...obedient, actions: [...obedient.actions, ...obedient.actions] }),
    });
    const types = await waitUntil('its actions are told', () =>
      reader.received
        .filter(({ event }) => event === 'change')
        .map(({ data }) => StateChange.parse(data))
        .flatMap((change) => (change.type === 'instance' ? [change.instance.actionTypes] : []))
        .find((told) => told.length > 0),
    );
    expect(types).toEqual(['pool.flush']);
    reader.close();
  });
});
