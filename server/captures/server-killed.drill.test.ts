import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditVerification, Capture, CaptureId, CaptureState } from '../http/contract/index.ts';
import { drillArtifact } from '../testing/agent-process.ts';
import { DrillServer, freePort, spawnAgent } from '../testing/drill.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { waitUntil } from '../testing/wait-until.ts';

const SMALL = 6_000_000;
/** Takes some seconds: what is under way is told several times a second. */
const LARGE = 24_000_000;

async function drill(sizeBytes: number) {
  const dataDirectory = temporaryDirectory();
  const port = await freePort();
  await spawnAgent(`127.0.0.1:${port}`, { sizeBytes, chunkDelayMs: 5 });
  return {
    dataDirectory,
    sha256: createHash('sha256').update(drillArtifact(sizeBytes)).digest('hex'),
    start: () => DrillServer.start(dataDirectory, port),
  };
}

/** Whatever happened: the capture is whole, nothing else lies about, and the audit is one chain. */
async function expectWhole(
  server: DrillServer,
  { dataDirectory, sha256 }: { dataDirectory: string; sha256: string },
  id: CaptureId,
): Promise<void> {
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
      const { start, ...expected } = await drill(SMALL);
      const first = await start();
      await first.untilConnected();
      const { id } = await first.killWhen({ kind: 'request' }, isMoment);

      const second = await start();
      await expectWhole(second, expected, id);
      await second.kill();
    },
  );

  test('again and again goes on from what it had written down', async () => {
    const { start, ...expected } = await drill(LARGE);
    const first = await start();
    await first.untilConnected();
    let { id } = await first.killWhen({ kind: 'request' }, (status) => isReceiving(status, 0));
    let wentOnFrom = 0;
    for (const part of [0.2, 0.4, 0.6, 0.8]) {
      let isFirst = true;
      const next = await start();
      ({ id } = await next.killWhen({ kind: 'find', id }, (status) => {
        if (status.state === 'transferring' && isFirst) wentOnFrom = status.receivedBytes;
        isFirst &&= status.state !== 'transferring';
        return isReceiving(status, part);
      }));
    }
    expect(wentOnFrom).toBeGreaterThan(0);
    const last = await start();
    await expectWhole(last, expected, id);
    await last.kill();
  });
});
