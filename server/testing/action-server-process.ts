import { ActionService } from '../actions/index.ts';
import { AuditLog } from '../audit/index.ts';
import { RegistrySource } from '../discovery/index.ts';
import type { Action, ActionId, ActionRequest } from '../http/contract/index.ts';
import { type AgentClient, InstanceDirectory } from '../instances/index.ts';
import { systemClock as clock, findOpenIntents, openStore } from '../store/index.ts';
import { drillToken } from './drill-token.ts';
import { silentLog as log } from './silent-log.ts';

/**
 * The server's core for actions in a process of its own, which kills itself in an exact moment. Arguments: data
 * directory, registry's port, the moment ("" for none). Asked and answered over the IPC channel.
 */
export const KILL_MOMENTS = [
  'before the intent is written',
  'when the intent is written and nobody is asked',
  'when the request to run is on its way',
  'at the first event',
  'at the first outcome',
  'at the end, before it is recorded',
  'when the end is recorded and nobody was told',
] as const;
export type KillMoment = (typeof KILL_MOMENTS)[number];

export type ActionQuestion =
  | { kind: 'preview'; type: string }
  | { kind: 'run'; request: ActionRequest }
  | { kind: 'cancel'; id: ActionId }
  | { kind: 'list' }
  | { kind: 'audit' }
  | { kind: 'verify' };
export type ActionServerMessage =
  | { kind: 'open' }
  | { kind: 'connected'; name: string }
  | { kind: 'action'; action: Action }
  | { kind: 'answer'; value: unknown };
const [dataDirectory, port, moment = ''] = process.argv.slice(2);
const say = (message: ActionServerMessage) => process.send?.(message);

/** As the machine would: nothing more of this process runs. */
function dieAt(wanted: KillMoment): void {
  if (moment === wanted) process.kill(process.pid, 'SIGKILL');
}

function dieAtAudit(audit: AuditLog): void {
  const intend = audit.intend.bind(audit);
  audit.intend = async (act, alongside) => {
    if (act.action === 'action.run') dieAt('before the intent is written');
    const sequence = await intend(act, alongside);
    if (act.action === 'action.run') dieAt('when the intent is written and nobody is asked');
    return sequence;
  };
  const conclude = audit.conclude.bind(audit);
  audit.conclude = async (intent, outcome, alongside) => {
    if (alongside) dieAt('at the end, before it is recorded');
    const isWritten = await conclude(intent, outcome, alongside);
    if (alongside) dieAt('when the end is recorded and nobody was told');
    return isWritten;
  };
}

const watched = new WeakSet<AgentClient>();

function dieAtRun(agent: AgentClient): AgentClient {
  if (watched.has(agent)) return agent;
  watched.add(agent);
  const runAction = agent.runAction.bind(agent);
  agent.runAction = (request) => {
    const stream = runAction(request);
    // Time enough for the request to leave, most times, and none for an answer.
    setTimeout(() => dieAt('when the request to run is on its way'), 1);
    stream.on('data', ({ event }) => {
      dieAt('at the first event');
      if (event.case === 'target') dieAt('at the first outcome');
    });
    return stream;
  };
  return agent;
}

if (dataDirectory) {
  const store = await openStore({ dataDirectory, clock, log });
  const keepOpen = await findOpenIntents(store.db);
  const audit = await AuditLog.open({
    db: store.db,
    dataDirectory,
    clock,
    log,
    keepOpen,
    headIntervalMs: 200,
  });
  dieAtAudit(audit);
  const registry = new RegistrySource({
    host: '127.0.0.1',
    port: Number(port),
    token: drillToken,
    epoch: store.epoch,
    networks: [],
    log,
  });
  const instances = await InstanceDirectory.start({
    sources: [registry],
    agentToken: drillToken,
    timeline: store.timeline,
    clock,
    log,
  });
  const findAgent = instances.findAgent.bind(instances);
  instances.findAgent = (id) => {
    const agent = findAgent(id);
    return agent && dieAtRun(agent);
  };
  instances.onChange((change) => {
    if (change.type !== 'instance' || change.instance.connection.state !== 'connected') return;
    if (change.instance.actionTypes.length > 0) say({ kind: 'connected', name: change.instance.name });
  });
  const actions = await ActionService.start({ store, audit, instances, clock, log });
  actions.onChange((change) => {
    if (change.type === 'action') say({ kind: 'action', action: change.action });
  });

  const answerTo = async (question: ActionQuestion): Promise<unknown> => {
    switch (question.kind) {
      case 'preview':
        return await actions.preview({ type: question.type, params: {}, service: 'acting-service' });
      case 'run':
        return (await actions.request(question.request, 'drill')).action;
      case 'cancel':
        return await actions.cancel(question.id, 'drill');
      case 'list':
        return (await actions.list({ limit: 100 })).actions;
      case 'audit':
        return (await audit.list({ limit: 1000 })).entries;
      case 'verify':
        return await audit.verify();
    }
  };
  process.on('message', (question: ActionQuestion) => {
    answerTo(question).then(
      (value) => say({ kind: 'answer', value }),
      (error) => say({ kind: 'answer', value: { error: `${error.code ?? error}` } }),
    );
  });
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit());
  say({ kind: 'open' });
}
