import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceProcess } from '../../agent/testing/service-process.ts';
import type { Capture, Instance } from '../../server/http/contract/index.ts';
import { poll } from '../harness/poll.ts';
import { AGENT_TOKEN, type ServerProcess } from '../harness/server-process.ts';

/** Above everything that is usually taken, and apart from the platforms of journeys. */
const PORT_BASE = 32_300;
const DURATION_SECONDS = 10;
/** Ten times as often as usual, for files of some size. */
const INTERVAL_MICROS = 100;
const LOAD_FACTOR = 10;
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface PlatformCapture {
  readonly instance: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * CPU profiles of the example platform's real processes while its players play, recorded by this server: one of each service, all at
 * the same time, put into the folder as files.
 */
export async function capturePlatform(server: ServerProcess, folder: string): Promise<PlatformCapture[]> {
  const tokenFile = join(folder, 'agent-token');
  await writeFile(tokenFile, AGENT_TOKEN, { mode: 0o600 });
  const environment = {
    OPSCENTER_DATA: join(folder, 'platform'),
    OPSCENTER_SERVER: server.registryAddress,
    OPSCENTER_TOKEN_FILE: tokenFile,
    PLATFORM_PORT_BASE: String(PORT_BASE),
  };
  const platform = (args: string[]) =>
    new ServiceProcess({ node: process.execPath, folder: root, args, environment });
  const supervisor = platform(['platform/supervisor.ts']);
  try {
    const instances = await untilAllAreConnected(server);
    await platform(['platform/cli.ts', 'load', String(LOAD_FACTOR)]).end();
    return await Promise.all(instances.map((instance) => capture(server, instance, folder)));
  } finally {
    supervisor.signal('SIGTERM');
    await supervisor.end();
  }
}

const INSTANCES = 6;

function untilAllAreConnected(server: ServerProcess): Promise<Instance[]> {
  return poll(async () => {
    const all = (await server.call('GET', '/api/v1/instances')) as Instance[];
    const connected = all.filter(({ connection }) => connection.state === 'connected');
    return connected.length === INSTANCES ? connected : undefined;
  }, 'the example platform');
}

async function capture(
  server: ServerProcess,
  { id: instanceId, name }: Instance,
  folder: string,
): Promise<PlatformCapture> {
  const options = { intervalMicros: INTERVAL_MICROS };
  const wish = { instanceId, kind: 'cpu', durationSeconds: DURATION_SECONDS, options };
  const { id } = (await server.call('POST', '/api/v1/captures', wish)) as Capture;
  await poll(async () => {
    const { status } = (await server.call('GET', `/api/v1/captures/${id}`)) as Capture;
    if (status.state === 'failed') throw new Error(`The capture of ${name} failed: ${status.message}`);
    return status.state === 'complete' ? status : undefined;
  }, `the capture of ${name}`);
  const answer = await fetch(`${server.origin}/api/v1/captures/${id}/artifact`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const path = join(folder, `${name}.cpuprofile`);
  await writeFile(path, bytes);
  return { instance: name, path, sizeBytes: bytes.length };
}
