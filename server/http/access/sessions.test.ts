import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { SESSION_LIFETIME_MS, Sessions } from './sessions.ts';

function place() {
  const file = join(temporaryDirectory(), 'sessions.json');
  const clock = new TestClock();
  const open = (tokenFingerprint = 'f00d') =>
    Sessions.open({
      file,
      tokenFingerprint,
      clock,
      onError: (error) => {
        throw error;
      },
    });
  return { file, clock, open };
}

describe('a session', () => {
  it('is found by its secret until it ends', async () => {
    const sessions = await place().open();
    const { secret, key } = await sessions.begin();
    expect(sessions.find(secret)?.key).toBe(key);
    expect(sessions.find(`${secret}x`)).toBeUndefined();
    await sessions.end(key);
    expect(sessions.find(secret)).toBeUndefined();
  });

  it('expires after twelve hours', async () => {
    const { clock, open } = place();
    const sessions = await open();
    const { secret } = await sessions.begin();
    clock.advance(SESSION_LIFETIME_MS - 1);
    expect(sessions.find(secret)).toBeDefined();
    clock.advance(1);
    expect(sessions.find(secret)).toBeUndefined();
  });

  it('outlives a restart of the server, and its end does too', async () => {
    const { open } = place();
    const before = await open();
    const kept = await before.begin();
    const ended = await before.begin();
    await before.end(ended.key);
    const after = await open();
    expect(after.find(kept.secret)).toBeDefined();
    expect(after.find(ended.secret)).toBeUndefined();
  });

  it('does not outlive a change of the console token', async () => {
    const { open } = place();
    const { secret } = await (await open('old')).begin();
    expect((await open('new')).find(secret)).toBeUndefined();
  });

  it('leaves nothing on disk that could be used', async () => {
    const { file, open } = place();
    const { secret } = await (await open()).begin();
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('tells whoever listens when it ends before its time', async () => {
    const sessions = await place().open();
    const ended: string[] = [];
    using _ = sessions.onEnd((key) => ended.push(key));
    const { key } = await sessions.begin();
    await sessions.end(key);
    await sessions.end(key);
    expect(ended).toEqual([key]);
  });

  it('makes way for newer ones when there are too many', async () => {
    const sessions = await place().open();
    const first = await sessions.begin();
    for (let i = 0; i < 1000; i++) await sessions.begin();
    expect(sessions.find(first.secret)).toBeUndefined();
  });
});

describe('a file of sessions that is damaged', () => {
  it.each([
    '',
    'null',
    '{"tokenFingerprint":"f00d"}',
    '{"tokenFingerprint":"f00d","sessions":{"__proto__":1}}',
    '[1,2',
  ])('like %s signs everybody out and nothing worse', async (text) => {
    const { file, open } = place();
    writeFileSync(file, text);
    const sessions = await open();
    const { secret } = await sessions.begin();
    expect(sessions.find(secret)).toBeDefined();
  });
});
