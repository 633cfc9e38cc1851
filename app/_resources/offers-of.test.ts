import { describe, expect, it } from 'vitest';
import type { ActionOffer } from '#contract';
import { actionsFor, mayOffer } from './offers-of.ts';
import { aFinding, aResource } from './resource-builders.ts';

const offer = (type: string, parametersSchema: Record<string, unknown> = {}): ActionOffer => ({
  type,
  title: `The title of ${type}`,
  description: '',
  parametersSchema,
});
const FLUSH = offer('pool.flush', {
  type: 'object',
  required: ['game'],
  properties: { game: { type: 'string', enum: ['steampunk2', 'odinbingo'] } },
});

describe('what can be done about a resource', () => {
  it('is what the service suggests, with its parameters and nothing beside it', () => {
    const resource = aResource('pool:steampunk2', {
      finding: aFinding('4 are stale', { type: 'pool.flush', parameters: { game: 'steampunk2' } }),
    });
    expect(actionsFor(resource, [FLUSH, offer('pool.close')])).toEqual([
      { type: 'pool.flush', title: 'The title of pool.flush', params: { game: 'steampunk2' } },
    ]);
  });

  it('has no title as long as the instance was not asked', () => {
    const finding = aFinding('4 are stale', { type: 'pool.flush', parameters: {} });
    expect(actionsFor(aResource('pool:a', { finding }), [])).toMatchObject([{ title: null }]);
  });

  it('else is what the instance offers for its kind, with what its id says', () => {
    expect(actionsFor(aResource('pool:odinbingo'), [FLUSH, offer('drain')])).toMatchObject([
      { type: 'pool.flush', params: { game: 'odinbingo' } },
    ]);
  });

  it('needs no parameter where the schema asks for none', () => {
    expect(actionsFor(aResource('queue:out'), [offer('queue.pause')])).toMatchObject([
      { type: 'queue.pause', params: {} },
    ]);
  });

  it.each([
    ['a game that the schema does not list', aResource('pool:wallet'), FLUSH],
    ['an action of another kind', aResource('rooms:steampunk2'), FLUSH],
    ['a kind that only begins like it', aResource('po:steampunk2'), FLUSH],
    [
      'more than one required parameter',
      aResource('pool:a'),
      offer('pool.move', { required: ['game', 'to'] }),
    ],
    [
      'a schema that makes no sense',
      aResource('pool:a'),
      offer('pool.odd', { required: ['game'], properties: 3 }),
    ],
  ])('is not guessed for %s', (_why, resource, offered) => {
    expect(actionsFor(resource, [offered])).toEqual([]);
  });
});

describe('whether there can be anything to be done', () => {
  const suggesting = aResource('rooms', {
    finding: aFinding('it is full', { type: 'drain', parameters: {} }),
  });

  it('is known from what the instance offers', () => {
    expect(mayOffer({ actionTypes: ['drain', 'pool.flush'] }, aResource('pool:a'))).toBe(true);
    expect(mayOffer({ actionTypes: ['drain', 'pools.flush'] }, aResource('pool:a'))).toBe(false);
  });

  it('holds for what is suggested, if the instance offers that', () => {
    expect(mayOffer({ actionTypes: ['drain'] }, suggesting)).toBe(true);
    expect(mayOffer({ actionTypes: [] }, suggesting)).toBe(false);
  });
});
