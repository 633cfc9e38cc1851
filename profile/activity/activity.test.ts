import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import type { Activity } from './activity.ts';
import { formatActivityText } from './format-activity-text.ts';
import { parseActivity } from './parse-activity.ts';

const frame = (name: string, line = 1) => ({ name, url: 'file:///srv/game.js', line, column: 3 });

const activity: Activity = {
  version: 1,
  takenAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  watchedMs: 2_000,
  threadId: 'main',
  threads: [
    {
      id: 'main',
      name: 'main thread',
      state: 'stuck',
      samples: 50,
      stacks: [{ samples: 48, frames: [frame('matchPlayers', 12), frame('')] }],
    },
    { id: 'worker-3', name: 'physics', state: 'idle', samples: 50, stacks: [] },
  ],
  operations: [
    {
      type: 'file',
      resource: 'FSREQPROMISE',
      stack: [frame('loadLevel', 40)],
      count: 17,
      oldestAgeMs: 1_234,
      weight: 1,
    },
    { type: 'network', resource: 'TCPWRAP', stack: null, count: 4, oldestAgeMs: null, weight: 1 },
    { type: 'timer', resource: 'Timeout', stack: [frame('retry')], count: 200, oldestAgeMs: 30, weight: 20 },
  ],
  handles: [
    { kind: 'socket', count: 3, details: ['127.0.0.1:3000 to 127.0.0.1:40000', 'to [::1]:5432, connecting'] },
    { kind: 'timer', count: 12, details: [] },
  ],
  remarks: ['Each operation begun was followed.'],
};

const without = (path: string, value: unknown) => {
  const copy = structuredClone(activity) as unknown as Record<string, unknown>;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  let at = copy;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1) ?? ''] = value;
  return JSON.stringify(copy);
};

describe('an activity', () => {
  test('is read as it was written', () => {
    expect(parseActivity(JSON.stringify(activity))).toEqual(activity);
  });

  test.each([
    ['version', 2, 'version must be 1'],
    ['takenAtMs', 'now', 'takenAtMs must be a number'],
    ['takenAtMs', 1e300, 'takenAtMs must be a number of milliseconds'],
    ['threads', {}, 'threads must be a list'],
    ['threads[1].state', 'asleep', 'threads[1].state must be one of executing, idle'],
    ['threads[0].stacks[0].frames[1].line', -1, 'threads[0].stacks[0].frames[1].line must be a whole number'],
    ['operations[0].stack[0]', null, 'operations[0].stack[0] must be an object'],
    ['operations[2].oldestAgeMs', '3', 'operations[2].oldestAgeMs must be a number'],
    ['operations[2].count', 1.5, 'operations[2].count must be a whole number'],
    ['handles[0].details[1]', 7, 'handles[0].details[1] must be a text'],
    ['remarks[0]', undefined, 'remarks[0] must be a text'],
  ])('whose %s is %j is refused with the field and what it must be', (path, value, message) => {
    expect(() => parseActivity(without(path, value))).toThrow(message);
  });

  test.each([
    ['frames', 'operations[0].stack', Array.from({ length: 257 }, () => frame('f'))],
    ['text', 'operations[0].resource', 'x'.repeat(8_193)],
    ['remarks', 'remarks', Array.from({ length: 101 }, () => '')],
  ])('with too much of %s is refused', (_, path, value) => {
    expect(() => parseActivity(without(path, value))).toThrow(ProfileLimitError);
  });

  test('that is cut off is no JSON', () => {
    expect(() => parseActivity(JSON.stringify(activity).slice(0, 200))).toThrow(ProfileSyntaxError);
  });

  test('is read or refused with a sentence, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          parseActivity(JSON.stringify(value));
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileError);
        }
      }),
    );
  });
});

describe('the text of an activity', () => {
  test('has a paragraph for each thread, each group of operations and each kind of handle', () => {
    expect(formatActivityText(activity).split('\n')).toEqual([
      'activity of thread main at 2026-01-02T03:04:05.000Z, new operations watched for 2.0 s',
      '# Each operation begun was followed.',
      '',
      'thread main "main thread" [stuck]:',
      '  in 48 of 50 samples:',
      'matchPlayers',
      '\tfile:///srv/game.js:12:3',
      '(anonymous)',
      '\tfile:///srv/game.js:1:3',
      '',
      'thread worker-3 "physics" [idle]:',
      '',
      '221 pending operations in 3 groups',
      '',
      '17 × file FSREQPROMISE [oldest 1.2 s]:',
      'loadLevel',
      '\tfile:///srv/game.js:40:3',
      '',
      '4 × network TCPWRAP [begun before the capture]',
      '',
      'about 200 × timer Timeout [oldest 30 ms]:',
      'retry',
      '\tfile:///srv/game.js:1:3',
      '',
      '2 kinds of active handles',
      '',
      '3 × socket:',
      '\t127.0.0.1:3000 to 127.0.0.1:40000',
      '\tto [::1]:5432, connecting',
      '\t… and 1 more',
      '',
      '12 × timer',
      '',
    ]);
  });

  test('lets no name begin a line of its own or steer a terminal', () => {
    const hostile = structuredClone(activity) as { remarks: string[] } & Activity;
    hostile.remarks[0] = 'a\nthread main [idle]\u001b[2J\u2028b';
    expect(formatActivityText(hostile)).toContain('# a thread main [idle] [2J b\n');
  });
});
