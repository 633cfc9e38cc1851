import { onTestFinished } from 'vitest';
import { ActionService, type ActionServiceOptions } from '../actions/index.ts';
import { AuditLog } from '../audit/index.ts';
import { RegistrySource } from '../discovery/index.ts';
import type {
  Action,
  ActionId,
  ActionPreview,
  ActionPreviewRequest,
  ActionRequest,
  ActionStatus,
  Instance,
} from '../http/contract/index.ts';
import { InstanceDirectory } from '../instances/index.ts';
import { type Clock, findOpenIntents, type Store, systemClock } from '../store/index.ts';
import { ManualSource } from './manual-source.ts';
import { type AgentScript, ScriptedAgent } from './scripted-agent.ts';
import { silentLog as log } from './silent-log.ts';
import { openTestStore } from './test-store.ts';
import { waitUntil } from './wait-until.ts';

export interface ActionBenchOptions {
  dataDirectory?: string;
  clock?: Clock;
  times?: ActionServiceOptions['times'];
  /** Opens a registry that agents in other processes can announce themselves to. */
  registryToken?: string;
}

/** Store, audit, instances and actions together, with agents that do what the test tells them. */
export class ActionBench {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly directory: InstanceDirectory;
  readonly service: ActionService;
  readonly source: ManualSource;
  /** Empty without `registryToken`. */
  readonly registryAddress: string;
  /** Every action as it was told, in order. */
  readonly told: Action[] = [];
  #keys = 0;

  private constructor(
    parts: Pick<ActionBench, 'store' | 'audit' | 'directory' | 'service' | 'source' | 'registryAddress'>,
  ) {
    this.store = parts.store;
    this.audit = parts.audit;
    this.directory = parts.directory;
    this.service = parts.service;
    this.source = parts.source;
    this.registryAddress = parts.registryAddress;
    this.service.onChange((change) => {
      if (change.type === 'action') this.told.push(change.action);
    });
  }

  static async open(options: ActionBenchOptions = {}): Promise<ActionBench> {
    const clock = options.clock ?? systemClock;
    const store = await openTestStore(options.dataDirectory, clock);
    const { db, dataDirectory, timeline } = store;
    const keepOpen = await findOpenIntents(db);
    const audit = await AuditLog.open({ db, dataDirectory, clock, log, keepOpen });
    const source = new ManualSource();
    const agentToken = options.registryToken ?? 'token';
    const registry = new RegistrySource({
      host: '127.0.0.1',
      port: 0,
      token: agentToken,
      epoch: store.epoch,
      networks: [],
      log,
    });
    const directory = await InstanceDirectory.start({
      sources: options.registryToken ? [source, registry] : [source],
      agentToken,
      timeline,
      clock,
      log,
    });
    const times = { againMs: 20, ...options.times };
    const service = await ActionService.start({ store, audit, instances: directory, clock, log, times });
    const bench = new ActionBench({
      store,
      audit,
      directory,
      service,
      source,
      registryAddress: registry.address,
    });
    onTestFinished(() => bench.close());
    return bench;
  }

  /** As the server stops: what is under way stays for the next one. */
  async close(): Promise<void> {
    await this.service[Symbol.asyncDispose]();
    await this.directory[Symbol.asyncDispose]();
    await this.audit[Symbol.asyncDispose]();
    await this.store.close().catch(() => {});
  }

  /** An agent that is announced and connected. */
  async agent(script: AgentScript = {}): Promise<ScriptedAgent> {
    const agent = await ScriptedAgent.start({ watchIntervalMs: 200, ...script });
    onTestFinished(() => agent[Symbol.asyncDispose]());
    await this.connect(agent);
    return agent;
  }

  async connect(agent: ScriptedAgent): Promise<void> {
    this.source.find(agent);
    await waitUntil('the agent is connected', () => this.instanceOf(agent)?.connection.state === 'connected');
  }

  instanceOf({ identity }: ScriptedAgent): Instance | undefined {
    return this.directory
      .list()
      .find(({ pid, service }) => pid === identity.pid && service === identity.service);
  }

  preview(wish: Partial<ActionPreviewRequest> = {}): Promise<ActionPreview> {
    const whole = { type: 'pool.flush', params: {}, ...wish };
    return this.service.preview(
      ('instanceIds' in whole ? whole : { service: 'user-service', ...whole }) as ActionPreviewRequest,
    );
  }

  newKey(): string {
    return `key-${String(this.#keys++).padStart(16, '0')}`;
  }

  /** What confirms the preview. */
  toRequest(preview: ActionPreview, wish: Partial<ActionRequest> = {}): ActionRequest {
    return {
      previewId: preview.id,
      reason: 'Players cannot log in.',
      idempotencyKey: this.newKey(),
      ...(preview.confirmation !== null && { confirmation: preview.confirmation }),
      ...wish,
    };
  }

  /** Looks and runs. */
  async run(wish: Partial<ActionRequest> = {}): Promise<Action> {
    const { action } = await this.service.request(this.toRequest(await this.preview(), wish), 'kim');
    return action;
  }

  async untilState(id: ActionId, ...wanted: ActionStatus['state'][]): Promise<Action> {
    return await waitUntil(`${id} is ${wanted.join(' or ')}`, async () => {
      const action = await this.service.find(id);
      return action && wanted.includes(action.status.state) ? action : undefined;
    });
  }

  async untilEnded(id: ActionId): Promise<Action> {
    return await this.untilState(id, 'succeeded', 'partial', 'failed', 'cancelled', 'unknown');
  }

  /** The outcome that the audit has for the action's intent, if it has one. */
  async outcomeOf(id: ActionId) {
    const { entries } = await this.audit.list({ limit: 1000 });
    const intent = entries.find(
      ({ target, action, phase }) => target === id && action === 'action.run' && phase === 'intent',
    );
    return entries.find(({ intentSequence }) => intent && intentSequence === intent.sequence);
  }
}
