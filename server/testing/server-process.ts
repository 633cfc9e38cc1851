import { createHash } from 'node:crypto';
import { AuditLog } from '../audit/index.ts';
import { CaptureService } from '../captures/index.ts';
import { RegistrySource } from '../discovery/index.ts';
import type { AuditVerification, Capture, CaptureId } from '../http/contract/index.ts';
import { InstanceDirectory } from '../instances/index.ts';
import { systemClock as clock, openStore } from '../store/index.ts';
import { drillToken } from './drill-token.ts';
import { silentLog as log } from './silent-log.ts';

/**
 * The server's core in a process of its own, to be killed at any moment. Arguments: data directory, registry's
 * port. Asked and answered over the IPC channel.
 */
export type ServerQuestion =
  | { kind: 'request' }
  | { kind: 'find'; id: CaptureId }
  | { kind: 'verify' }
  | { kind: 'hash'; id: CaptureId };
export type ServerAnswer =
  | { kind: 'open'; registry: string }
  | { kind: 'connected' }
  | { kind: 'capture'; capture: Capture }
  | { kind: 'answer'; value: Capture | AuditVerification | string | undefined };

const [dataDirectory, port] = process.argv.slice(2);
const say = (answer: ServerAnswer) => process.send?.(answer);

if (dataDirectory) {
  const store = await openStore({ dataDirectory, clock, log });
  const audit = await AuditLog.open({ db: store.db, dataDirectory, clock, log, headIntervalMs: 200 });
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
  instances.onChange((change) => {
    if (change.type === 'instance' && change.instance.connection.state === 'connected')
      say({ kind: 'connected' });
  });
  const captures = await CaptureService.start({
    store,
    audit,
    instances,
    limits: {
      running: 4,
      queued: 4,
      artifactMaxBytes: 2 ** 30,
      artifactTotalBytes: 2 ** 30,
      retentionDays: 1,
    },
    clock,
    log,
  });
  captures.onChange((change) => {
    if (change.type === 'capture') say({ kind: 'capture', capture: change.capture });
  });

  const answerTo = async (question: ServerQuestion) => {
    switch (question.kind) {
      case 'request':
        return await captures.request(
          {
            service: 'user-service',
            kind: 'cpu',
            durationSeconds: 0.5,
            thread: 'main',
            options: { intervalMicros: 1000 },
            note: '',
          },
          'drill',
        );
      case 'find':
        return await captures.find(question.id);
      case 'verify':
        return await audit.verify();
      case 'hash': {
        const hash = createHash('sha256');
        for await (const part of (await captures.openArtifact(question.id)).stream)
          hash.update(part as Buffer);
        return hash.digest('hex');
      }
    }
  };
  process.on('message', (question: ServerQuestion) => {
    answerTo(question).then(
      (value) => say({ kind: 'answer', value }),
      (error) => say({ kind: 'answer', value: `${error}` }),
    );
  });
  say({ kind: 'open', registry: registry.address });
}
