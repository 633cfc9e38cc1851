import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { Link } from './link.ts';
import { LinkBroken, LinkRefusal } from './link-message.ts';
import { type LinkServer, type LinkServerOptions, startLinkServer } from './link-server.ts';

const opened: (Link | LinkServer)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function pair(options: Partial<LinkServerOptions> = {}) {
  const server = await startLinkServer({
    port: 0,
    maxConnections: 4,
    health: () => ({ seats: 3 }),
    handlers: {
      double: (body) => z.number().parse(body) * 2,
      refuse: () => {
        throw new LinkRefusal('pod-full', 'No seat left');
      },
      never: () => new Promise(() => undefined),
    },
    ...options,
  });
  opened.push(server);
  const link = await Link.open(`ws://127.0.0.1:${server.port}`);
  opened.push(link);
  return { server, link };
}

describe('a link', () => {
  test('brings each answer to its question', async () => {
    const { link } = await pair();
    expect(await Promise.all([1, 2, 3].map((number) => link.request('double', number)))).toEqual([2, 4, 6]);
    expect(link.inFlight).toBe(0);
  });

  test('was used and answered last when it was made, however long making it takes', async () => {
    let now = 1_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now++);
    const { link } = await pair().finally(() => clock.mockRestore());
    expect([link.lastUsedAt, link.lastAnsweredAt]).toEqual([link.createdAt, link.createdAt]);
  });

  test('carries a refusal with its code', async () => {
    const { link } = await pair();
    await expect(link.request('refuse', {})).rejects.toMatchObject({
      code: 'pod-full',
      message: 'No seat left',
    });
    await expect(link.request('double', 'x')).rejects.toMatchObject({ code: 'bad-request' });
    await expect(link.request('toString', {})).rejects.toMatchObject({ code: 'unknown-method' });
  });

  test('gives up a question after its time and stays open', async () => {
    const { link } = await pair();
    await expect(link.request('never', {}, 30)).rejects.toBeInstanceOf(LinkBroken);
    expect(await link.request('double', 4)).toBe(8);
  });

  test('fails what is open when the other end goes', async () => {
    const { server, link } = await pair();
    const open = link.request('never', {});
    const closed = new Promise<void>((resolve) => link.onClose(resolve));
    await server.close();
    await expect(open).rejects.toBeInstanceOf(LinkBroken);
    await closed;
    await expect(link.request('double', 1)).rejects.toBeInstanceOf(LinkBroken);
  });

  test('is refused where nobody listens', async () => {
    const { server } = await pair();
    await server.close();
    await expect(Link.open(`ws://127.0.0.1:${server.port}`)).rejects.toBeInstanceOf(LinkBroken);
  });
});

describe('the answering end', () => {
  test('tells its health over HTTP', async () => {
    const { server } = await pair();
    const response = await fetch(`http://127.0.0.1:${server.port}/health`);
    expect(await response.json()).toEqual({ status: 'ok', seats: 3 });
    expect((await fetch(`http://127.0.0.1:${server.port}/other`)).status).toBe(404);
  });

  test.each(['nonsense', '{"id":-1}', '[]'])('ends a connection that sends %s', async (text) => {
    const { server } = await pair();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`);
    socket.once('open', () => socket.send(text));
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1008);
  });

  test('takes no more connections than it may', async () => {
    const { server } = await pair({ maxConnections: 1 });
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`);
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1013);
  });

  test('rejects when its port cannot be had', async () => {
    const { server } = await pair();
    await expect(pair({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
