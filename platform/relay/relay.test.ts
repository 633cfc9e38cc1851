import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type Relay, startRelay } from './relay.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A pod that says everything twice, and can vanish with its connections. */
async function startPod(port = 0) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (piece) => socket.write(`${piece}${piece}`));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const vanish = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) server.close(() => resolve());
      else resolve();
    });
  toClose.push(vanish);
  return { port: typeof address === 'object' && address ? address.port : 0, vanish, sockets };
}

async function startRelayTo(targetPort: number, maxConnections = 8): Promise<Relay> {
  const relay = await startRelay({ port: 0, targetPort, maxConnections });
  toClose.push(() => relay.close());
  return relay;
}

/** The gateway's end: what it has heard, and whether it was told that the connection is over. */
async function connectTo(port: number) {
  const socket = createConnection(port, '127.0.0.1');
  const end = { socket, heard: '', isOver: false };
  socket.on('data', (piece) => {
    end.heard += piece;
  });
  socket.on('error', () => undefined);
  socket.once('end', () => {
    end.isOver = true;
  });
  socket.once('close', () => {
    end.isOver = true;
  });
  toClose.push(() => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return end;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within 10 s: ${what}`);
    await sleep(10);
  }
}

describe('the relay', () => {
  test('carries both directions', async () => {
    const pod = await startPod();
    const end = await connectTo((await startRelayTo(pod.port)).port);
    end.socket.write('ab');
    await until(() => end.heard === 'abab', 'the answer');
  });

  test('says nothing when the pod goes: the connection stays open, takes everything and answers nothing', async () => {
    const pod = await startPod();
    const relay = await startRelayTo(pod.port);
    const end = await connectTo(relay.port);
    end.socket.write('ab');
    await until(() => end.heard === 'abab', 'the answer');
    await pod.vanish();
    await until(() => relay.silent === 1, 'silence');
    const taken = new Promise((resolve) => end.socket.write(Buffer.alloc(4 * 1024 * 1024), resolve));
    await taken;
    await sleep(200);
    expect(end).toMatchObject({ heard: 'abab', isOver: false });
  });

  test('stays silent on old connections after the pod is back, and carries new ones', async () => {
    const pod = await startPod();
    const relay = await startRelayTo(pod.port);
    const before = await connectTo(relay.port);
    before.socket.write('a');
    await until(() => before.heard === 'aa', 'the answer');
    await pod.vanish();
    await until(() => relay.silent === 1, 'silence');
    await startPod(pod.port);
    const after = await connectTo(relay.port);
    after.socket.write('b');
    before.socket.write('c');
    await until(() => after.heard === 'bb', 'the answer of the new pod');
    expect(before).toMatchObject({ heard: 'aa', isOver: false });
  });

  test('refuses new connections while the pod is away', async () => {
    const pod = await startPod();
    const relay = await startRelayTo(pod.port);
    await pod.vanish();
    const end = await connectTo(relay.port);
    await until(() => end.isOver, 'the refusal');
  });

  test('lets go of a silent connection when the gateway does', async () => {
    const pod = await startPod();
    const relay = await startRelayTo(pod.port);
    const end = await connectTo(relay.port);
    await until(() => pod.sockets.size === 1, 'a connection');
    await pod.vanish();
    await until(() => relay.silent === 1, 'silence');
    end.socket.destroy();
    await until(() => relay.silent === 0, 'none left');
  });

  test('tells the pod when the gateway closes', async () => {
    const pod = await startPod();
    const end = await connectTo((await startRelayTo(pod.port)).port);
    await until(() => pod.sockets.size === 1, 'a connection');
    const [podSide] = pod.sockets;
    end.socket.destroy();
    await until(() => podSide?.destroyed === true, 'the end at the pod');
  });

  test('takes no more connections than it may', async () => {
    const pod = await startPod();
    const relay = await startRelayTo(pod.port, 1);
    const first = await connectTo(relay.port);
    const second = await connectTo(relay.port);
    await until(() => second.isOver, 'the refusal');
    expect(first.isOver).toBe(false);
  });
});
