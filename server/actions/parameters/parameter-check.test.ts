import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../testing/silent-log.ts';
import { ParameterCheck } from './parameter-check.ts';

function open(): ParameterCheck {
  const check = new ParameterCheck(silentLog);
  onTestFinished(() => check[Symbol.asyncDispose]());
  return check;
}

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    game: { enum: ['bingo', 'steampunk2'] },
    options: { properties: { rows: { type: 'integer' } } },
  },
  required: ['game'],
  additionalProperties: false,
};

describe('the check of parameters', () => {
  test('says where they do not fit', async () => {
    const check = open();
    expect(await check.check({ schema, params: { game: 'bingo' } })).toEqual({ kind: 'fits' });
    expect(await check.check({ schema, params: {} })).toMatchObject({ path: 'game', message: 'is missing' });
    expect(await check.check({ schema, params: { game: 'chess' } })).toMatchObject({
      path: 'game',
      message: 'must be one of "bingo", "steampunk2"',
    });
    expect(await check.check({ schema, params: { game: 'bingo', more: 1 } })).toMatchObject({ path: 'more' });
    expect(await check.check({ schema, params: { game: 'bingo', options: { rows: 'many' } } })).toMatchObject(
      { path: 'options.rows', message: 'must be integer' },
    );
  });

  test.each([
    ['that is no schema', { type: 'nothing' }],
    ['that refers to what is not there', { $ref: 'https://nobody.example/schema' }],
    ['that is asynchronous', { $async: true, type: 'object' }],
    ['that is too large', { description: 'x'.repeat(70_000) }],
  ])('refuses a schema %s', async (_what, bad) => {
    expect(await open().check({ schema: bad, params: {} })).toMatchObject({ kind: 'unusable' });
  });

  test('outlives a schema that would take for ever, and goes on', { timeout: 60_000 }, async () => {
    const check = open();
    const hostile = { properties: { game: { pattern: '^(a+)+$' } } };
    const params = { game: `${'a'.repeat(64)}!` };
    const from = performance.now();
    expect(await check.check({ schema: hostile, params })).toMatchObject({
      kind: 'unusable',
      why: 'it takes too long to check',
    });
    // The second time it is known.
    expect(await check.check({ schema: hostile, params })).toMatchObject({ kind: 'unusable' });
    expect(performance.now() - from).toBeLessThan(20_000);
    expect(await check.check({ schema, params: { game: 'bingo' } })).toEqual({ kind: 'fits' });
  });

  test('outlives a schema that calls itself', { timeout: 60_000 }, async () => {
    const check = open();
    const endless = { $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } };
    expect(await check.check({ schema: endless, params: {} })).toMatchObject({ kind: 'unusable' });
    expect(await check.check({ schema, params: { game: 'bingo' } })).toEqual({ kind: 'fits' });
  });
});
