import { hashSync } from 'bcryptjs';
import { describe, expect, test, vi } from 'vitest';
import { allCredentials } from '../players/credentials.ts';
import { readAccounts } from './accounts.ts';
import { LoginDesk } from './login-desk.ts';

describe('LoginDesk', () => {
  test('accepts the right password and rejects a wrong one and an unknown player', async () => {
    const desk = new LoginDesk(new Map([['aino', hashSync('brass', 4)]]));
    expect(await desk.login('aino', 'brass')).toBe('accepted');
    expect(await desk.login('aino', 'steam')).toBe('rejected');
    expect(await desk.login('nobody', 'nobody')).toBe('rejected');
    expect([desk.accepted.total, desk.rejected.total]).toEqual([1, 2]);
  });

  test('turns people away when too many wait', async () => {
    const desk = new LoginDesk(new Map([['aino', hashSync('brass', 4)]]));
    const outcomes = await Promise.all(Array.from({ length: 70 }, () => desk.login('aino', 'brass')));
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(6);
    expect(desk.waiting).toBe(0);
  });

  test('passes over those who have given up, and takes the next', async () => {
    const desk = new LoginDesk(new Map([['aino', hashSync('brass', 4)]]));
    const outcomes = await Promise.all([
      desk.login('aino', 'brass'),
      desk.login('aino', 'brass', AbortSignal.abort()),
      desk.login('aino', 'brass'),
    ]);
    expect(outcomes).toEqual(['accepted', 'abandoned', 'accepted']);
    expect(desk.accepted.total).toBe(2);
  });

  test('turns away who has waited too long for the check to end in time', async () => {
    const desk = new LoginDesk(new Map([['aino', hashSync('brass', 4)]]));
    const first = desk.login('aino', 'brass');
    const second = desk.login('aino', 'brass');
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_000);
    expect(await second).toBe('busy');
    vi.restoreAllMocks();
    expect(await first).not.toBe('abandoned');
    expect(await desk.login('aino', 'brass')).toBe('accepted');
  });

  test('knows the players of the example by their passwords', async () => {
    const desk = new LoginDesk(readAccounts());
    const [first] = allCredentials();
    expect(await desk.login(first?.player ?? '', first?.password ?? '')).toBe('accepted');
  });
});
