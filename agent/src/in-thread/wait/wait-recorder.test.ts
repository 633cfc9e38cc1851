import { createHook } from 'node:async_hooks';
import { pbkdf2 } from 'node:crypto';
import { hasSubscribers } from 'node:diagnostics_channel';
import { lookup } from 'node:dns/promises';
import { stat } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { StackMirror } from '../stacks/stack-mirror.ts';
import { switchAllOff } from '../switchboard.ts';
import { waitSink } from '../waits/wait-sink.ts';
import type { WaitSubject, WaitSum } from './wait-sums.ts';
import { drainWaits, endWaits, forgetWaits, startWaits } from './wait-tools.ts';

const here = fileURLToPath(import.meta.url);
const open: { close(): unknown }[] = [];

afterEach(() => {
  switchAllOff();
  for (const resource of open.splice(0)) resource.close();
});

/** Everything that was recorded, as the agent's thread puts it together from what is handed over. */
function read() {
  const mirror = new StackMirror();
  const subjects: WaitSubject[] = [];
  const sums: WaitSum[] = [];
  let facts: NonNullable<ReturnType<typeof drainWaits>>['facts'] | undefined;
  for (let isMore = true; isMore; ) {
    const cursor = { frames: mirror.frames.length, stacks: mirror.stacks, subjects: subjects.length };
    const part = drainWaits(cursor);
    if (!part) throw new Error('nothing is recorded');
    mirror.add(part.stacks);
    subjects.push(...part.subjects);
    sums.push(...part.sums);
    ({ isMore, facts } = part);
  }
  const waits = sums.map(([stack, subject, count, waitedMs]) => ({
    ...(subjects[subject] as WaitSubject),
    names: mirror.framesOf(stack).map((frame) => mirror.frames[frame]?.name),
    count,
    waitedMs,
  }));
  const of = (name: string) => waits.filter(({ names }) => names.includes(name));
  return { waits, of, facts };
}

/** Follows every operation of the work. */
async function record(work: () => Promise<unknown>) {
  startWaits(1);
  await work();
  endWaits();
  return read();
}

async function listen(server: ReturnType<typeof createTcpServer>) {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a recording of waits', () => {
  it.each<[string, string, () => Promise<unknown>, [least: number, most: number]]>([
    ['timer', 'a timer', () => sleep(30), [29, 500]],
    ['timer', 'a timer with a callback', () => new Promise((resolve) => setTimeout(resolve, 30)), [29, 500]],
    ['file', 'a file', () => readFile(here), [0, 500]],
    ['file', 'a file with a callback', () => new Promise((resolve) => stat(here, resolve)), [0, 500]],
    ['dns', 'a name', () => lookup('localhost'), [0, 5_000]],
    [
      'worker',
      'the thread pool',
      () => new Promise((done) => pbkdf2('', '', 9_999, 9, 'sha1', done)),
      [0, 500],
    ],
  ])('has %s for %s, where it was begun and how long it took', async (type, _, wait, [least, most]) => {
    async function playRound() {
      await wait();
    }
    const { of } = await record(playRound);
    const own = of('playRound').filter((found) => found.type === type);
    expect(own.length).toBeGreaterThan(0);
    const waitedMs = own.reduce((sum, found) => sum + found.waitedMs, 0);
    expect(waitedMs).toBeGreaterThan(least);
    expect(waitedMs).toBeLessThan(most);
  });

  it('has the answer on a connection that was there before', async () => {
    const port = await listen(
      createTcpServer((socket) => void socket.on('data', () => setTimeout(() => socket.write('!'), 20))),
    );
    const connection = connect(port, '127.0.0.1');
    open.push({ close: () => connection.destroy() });
    await new Promise((resolve) => connection.once('connect', resolve));
    async function askDatabase() {
      connection.write('?');
      await new Promise((resolve) => connection.once('data', resolve));
    }
    const { of } = await record(async () => {
      await askDatabase();
      await askDatabase();
    });
    const answers = of('askDatabase').filter(({ resource }) => resource === 'answer on a connection');
    expect(answers.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(answers.reduce((sum, { waitedMs }) => sum + waitedMs, 0)).toBeGreaterThan(38);
    expect(answers.every(({ type, isPending }) => type === 'network' && !isPending)).toBe(true);
  });

  it('has HTTP requests and fetch with whoever asked, and not once more as connections', async () => {
    const server = createServer((_, response) => void setTimeout(() => response.end('!'), 20));
    const port = await listen(server);
    const url = `http://127.0.0.1:${port}/`;
    const callPeer = () =>
      new Promise((resolve) => get(url, (response) => response.resume().on('end', resolve)));
    const fetchPeer = async () => await (await fetch(url)).text();
    const { of } = await record(async () => {
      await callPeer();
      await fetchPeer();
    });
    server.closeAllConnections();
    expect(of('callPeer').filter(({ resource }) => resource === 'http request')).toMatchObject([
      { count: 1 },
    ]);
    const fetched = of('fetchPeer').filter(({ resource }) => resource === 'fetch');
    expect(fetched).toMatchObject([{ type: 'network', count: 1 }]);
    expect(fetched[0]?.waitedMs).toBeGreaterThan(18);
    expect([...of('callPeer'), ...of('fetchPeer')].map(({ resource }) => resource)).not.toContain(
      'answer on a connection',
    );
  });

  it('has queues and locks as their owners call them', async () => {
    function enqueue() {
      return waitSink.begin('queue', 'outbox', enqueue);
    }
    async function sendMove() {
      const waiting = enqueue();
      await sleep(15);
      waiting?.end();
    }
    const { of } = await record(sendMove);
    const [queued] = of('sendMove').filter(({ type }) => type === 'queue');
    expect(queued).toMatchObject({ resource: 'outbox', count: 1, isPending: false });
    expect(queued?.waitedMs).toBeGreaterThan(14);
    expect(enqueue()).toBeUndefined();
  });

  it('has what is not over with the time until the end, and says so', async () => {
    const timers: NodeJS.Timeout[] = [];
    function retryLater() {
      timers.push(setTimeout(() => {}, 60_000));
    }
    const { of } = await record(async () => {
      retryLater();
      await sleep(25);
    });
    clearTimeout(timers[0]);
    expect(of('retryLater')).toMatchObject([{ type: 'timer', isPending: true, count: 1 }]);
    expect(of('retryLater')[0]?.waitedMs).toBeGreaterThan(24);
  });

  it('has neither timers that were cleared nor those that let the process end', async () => {
    function guard() {
      clearTimeout(setTimeout(() => {}, 60_000));
      setTimeout(() => {}, 60_000).unref();
    }
    const { of } = await record(async () => {
      guard();
      await sleep(5);
    });
    expect(of('guard')).toEqual([]);
  });

  it('knows who began what begins in a callback of Node', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    async function joinGame() {
      const socket = connect(port, 'localhost');
      await new Promise((resolve) => socket.once('close', resolve).once('error', resolve));
    }
    const { of } = await record(joinGame);
    expect(of('joinGame').map(({ resource }) => resource)).toContain('TCPCONNECTWRAP');
  });

  it('stands for all when it follows one in many', async () => {
    startWaits(4);
    async function tick() {
      await Promise.all(Array.from({ length: 50 }, () => sleep(1)));
    }
    for (let round = 0; round < 40; round += 1) await tick();
    endWaits();
    const { of, facts } = read();
    const count = of('tick').reduce((sum, found) => sum + found.count, 0);
    expect(count).toBeGreaterThan(1_500);
    expect(count).toBeLessThan(2_600);
    expect(facts?.followed).toBeLessThan(count / 3);
  });

  it('hands over in pieces what one piece would hold, whenever it is asked', async () => {
    startWaits(1);
    const branches = Array.from(
      { length: 300 },
      (_, at) => new Function('wait', `return function b${at}() { wait() }`),
    );
    const wait = () => setTimeout(() => {}, 1);
    for (const branch of branches) branch(wait)();
    const early = read();
    await sleep(20);
    endWaits();
    const late = read();
    expect(early.waits.filter(({ names }) => names[1] === 'wait')).toEqual([]);
    const names = late.waits.flatMap(({ names: [, caller, begun] }) => (caller === 'wait' ? [begun] : []));
    expect(new Set(names).size).toBe(300);
  });
});

function endAndForget() {
  endWaits();
  forgetWaits();
}

describe('after a recording', () => {
  const traces = () => ({
    fetch: globalThis.fetch,
    write: Object.getOwnPropertyDescriptor(Socket.prototype, '_writeGeneric')?.value,
    prepareStackTrace: Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace'),
    stackTraceLimit: Error.stackTraceLimit,
    isHeard: ['http.client.request.start', 'undici:request:create', 'tracing:mysql2:query:start'].map(
      (name) => hasSubscribers(name),
    ),
  });

  it.each([
    ['was ended', endAndForget],
    ['was switched off from elsewhere', switchAllOff],
  ])('that %s, nothing of it is left in the thread', async (_, end) => {
    const before = traces();
    startWaits(1);
    expect(traces()).not.toEqual(before);
    await sleep(1);
    end();
    expect(traces()).toEqual(before);
    expect(drainWaits({ frames: 0, stacks: 0, subjects: 0 })).toBeNull();
  });

  it('none of its hooks is called any more', async () => {
    startWaits(1);
    endWaits();
    const before = read().facts;
    await sleep(5);
    expect(read().facts?.followed).toBe(before?.followed);
  });

  it('the hooks of the service go on', async () => {
    let seen = 0;
    const hook = createHook({ init: () => (seen += 1) }).enable();
    open.push({ close: () => hook.disable() });
    startWaits(1);
    endWaits();
    const before = seen;
    await sleep(1);
    expect(seen).toBeGreaterThan(before);
  });
});
