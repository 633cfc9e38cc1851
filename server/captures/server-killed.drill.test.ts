import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { AuditVerification, Capture, CaptureId, CaptureState } from '../http/contract/index.ts';
import { drillArtifact } from '../testing/agent-process.ts';
import { DrillServer, freePort, spawnAgent } from '../testing/drill.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { waitUntil } from '../testing/wait-until.ts';

const sizeBytes = 6_000_000;
const sha256 = createHash('sha256').update(drillArtifact(sizeBytes)).digest('hex');

async function drill() {
  const dataDirectory = temporaryDirectory();
  const port = await freePort();
  await spawnAgent(`127.0.0.1:${port}`, { sizeBytes, chunkDelayMs: 5 });
  return { dataDirectory, start: () => DrillServer.start(dataDirectory, port) };
}

/** Whatever happened: the capture is whole, nothing else lies about, and the audit is one chain. */
async function expectWhole(server: DrillServer, dataDirectory: string, id: CaptureId): Promise<void> {
  const capture = await waitUntil('the capture has ended', async () => {
    const found = await server.ask<Capture>({ kind: 'find', id });
    return ['complete', 'failed', 'cancelled'].includes(found.status.state) ? found : undefined;
  });
  expect(capture.status).toMatchObject({ state: 'complete' });
  expect(await server.ask<string>({ kind: 'hash', id })).toBe(sha256);
  expect(readdirSync(join(dataDirectory, 'artifacts'))).toEqual([id]);
  expect(await server.ask<AuditVerification>({ kind: 'verify' })).toMatchObject({ verified: true });
}

const isReceiving = (status: CaptureState, part: number) =>
  status.state === 'transferring' && status.receivedBytes > part * status.totalBytes;

const moments: Record<string, (status: CaptureState) => boolean> = {
  'when it was accepted': () => true,
  'while it started': (status) => status.state === 'starting',
  'while it recorded': (status) => status.state === 'recording',
  'at the first bytes': (status) => isReceiving(status, 0),
  'at the last bytes': (status) => isReceiving(status, 0.7),
  'when it was complete': (status) => status.state === 'complete',
};

describe('a server that is killed', { timeout: 60_000 }, () => {
  test.each(Object.entries(moments))(
    '%s brings the capture to its end after the restart',
    async (_when, isMoment) => {
      const { dataDirectory, start } = await drill();
      const first = await start();
      await first.untilConnected();
      const { id } = await first.killWhen({ kind: 'request' }, isMoment);

      const second = await start();
      await expectWhole(second, dataDirectory, id);
      await second.kill();
    },
  );

  test('again and again loses nothing of what it had received', async () => {
    const { dataDirectory, start } = await drill();
    let server = await start();
    await server.untilConnected();
    const { id } = await server.ask<Capture>({ kind: 'request' });
    let received = 0;
    for (let kills = 0; kills < 5; kills++) {
      await server.untilConnected();
      await delay(150 + kills * 70);
      const status = server.capture?.status;
      if (status?.state === 'transferring') received = Math.max(received, status.receivedBytes);
      await server.kill();
      server = await start();
    }
    await expectWhole(server, dataDirectory, id);
    expect(received).toBeGreaterThan(0);
    await server.kill();
  });
});
