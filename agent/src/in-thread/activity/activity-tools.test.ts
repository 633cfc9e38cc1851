import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { StackMirror } from '../stacks/stack-mirror.ts';
import { switchAllOff } from '../switchboard.ts';
import { endActivity, forgetActivity, readActivity, renewActivity, startActivity } from './activity-tools.ts';

const open: { close(): unknown }[] = [];

afterEach(() => {
  switchAllOff();
  for (const resource of open.splice(0)) resource.close();
});

function read() {
  endActivity();
  const mirror = new StackMirror();
  for (;;) {
    const part = readActivity(mirror.frames.length, mirror.stacks);
    if (!part) throw new Error('nothing is watched');
    mirror.add(part.stacks);
    if (!part.facts) continue;
    const { facts } = part;
    const operations = facts.groups.map(({ stack, subject, ...rest }) => ({
      ...rest,
      ...facts.subjects[subject],
      names: mirror.framesOf(stack).map((frame) => mirror.frames[frame]?.name),
    }));
    return { facts, in: (name: string) => operations.filter(({ names }) => names.includes(name)) };
  }
}

describe('the activity of a thread', () => {
  it('has what began while it was watched and is not over, with its age', async () => {
    startActivity();
    function planRetries() {
      for (let retry = 0; retry < 3; retry += 1) {
        const timer = setTimeout(() => {}, 60_000);
        open.push({ close: () => clearTimeout(timer) });
      }
    }
    planRetries();
    await sleep(30);
    const { in: own, facts } = read();
    expect(own('planRetries')).toMatchObject([{ type: 'timer', resource: 'Timeout' }]);
    // On a machine that is busy with other tests not every one may be followed.
    expect(own('planRetries')[0]?.count).toBeGreaterThan(0);
    if (facts.most === 1) expect(own('planRetries')[0]?.count).toBe(3);
    expect(own('planRetries')[0]?.oldestMs).toBeGreaterThan(29);
    expect(facts.watchedMs).toBeGreaterThan(29);
  });

  it('counts what began before', async () => {
    const timers = [1, 2, 3].map(() => setTimeout(() => {}, 60_000));
    open.push({ close: () => timers.forEach(clearTimeout) });
    startActivity();
    const { facts } = read();
    const before = facts.before.find(({ resource }) => resource === 'Timeout');
    expect(before).toMatchObject({ type: 'timer' });
    expect(before?.count).toBeGreaterThanOrEqual(3);
  });

  it('has what is open with addresses and ids, and nothing of what passes through it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    open.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    const connected = new Promise((resolve) => client.once('connect', resolve));
    const accepted = await new Promise<{ destroy(): unknown }>((resolve) =>
      server.once('connection', resolve),
    );
    open.push({ close: () => client.destroy() }, { close: () => accepted.destroy() });
    await connected;
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', 'a-secret-argument']);
    open.push({ close: () => child.kill() });
    startActivity();
    const { handles } = read().facts;
    const of = (kind: string) => handles.find((group) => group.kind === kind)?.details ?? [];
    expect(of('server')).toContain(`on 127.0.0.1:${port}`);
    expect(of('socket')).toContainEqual(expect.stringMatching(`^127.0.0.1:\\d+ to 127.0.0.1:${port}$`));
    expect(of('socket')).toContainEqual(expect.stringMatching(`^127.0.0.1:${port} from 127.0.0.1:\\d+$`));
    expect(of('child process')).toContain(`pid ${child.pid}`);
    expect(of('pipe').length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(handles)).not.toContain('secret');
  });

  it('survives handles whose properties throw', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    open.push({ close: () => server.close() });
    await new Promise((resolve) => server.once('listening', resolve));
    server.address = () => {
      throw new Error('not yours');
    };
    startActivity();
    const group = read().facts.handles.find(({ kind }) => kind === 'server');
    expect(group?.details).toContain('not to be looked at');
  });

  it('is watched no longer once it is read or forgotten', () => {
    startActivity();
    expect(renewActivity()).toBeGreaterThanOrEqual(0);
    forgetActivity();
    expect(renewActivity()).toBe(-1);
    expect(readActivity(0, 1)).toBeNull();
  });
});
