import { describe, expect, it } from 'vitest';
import { formFromSchema, readParameters } from './schema-fields.ts';

const schema = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const read = (properties: object, texts: Record<string, string>, ...required: string[]) => {
  const form = formFromSchema(schema(properties, ...required));
  const result = readParameters(form, { ...form.initial, ...texts });
  return result.state === 'complete' ? result.params : Object.fromEntries(result.problems);
};

describe('the form of a schema', () => {
  it('asks by choice where there is a list of values, and by text, number or switch else', () => {
    const { fields } = formFromSchema(
      schema({
        game: { enum: ['a', 'b'], type: 'string', title: 'Game', description: 'Whose pool' },
        note: { type: 'string' },
        most: { type: 'integer' },
        force: { type: 'boolean' },
      }),
    );
    expect(fields.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'choice Game',
      'text note',
      'number most',
      'flag force',
    ]);
    expect(fields[0]?.hint).toBe('Whose pool');
  });

  it('is empty for a schema without properties, and for one that is none', () => {
    expect(formFromSchema({ type: 'object' }).fields).toEqual([]);
    expect(formFromSchema({ properties: 'x', required: 3 }).fields).toEqual([]);
  });

  it('says which parameters it cannot ask for, and is not complete without one that is required', () => {
    const properties = { list: { type: 'array' }, mixed: { enum: [{}] }, odd: 7 };
    const { fields, unsupported } = formFromSchema(schema(properties, 'list'));
    expect(fields).toEqual([]);
    expect(unsupported).toEqual([
      { name: 'list', isRequired: true },
      { name: 'mixed', isRequired: false },
      { name: 'odd', isRequired: false },
    ]);
    expect(read(properties, {}, 'list')).toEqual({ list: { kind: 'missing' } });
    expect(read(properties, {})).toEqual({});
  });

  it('chooses for nobody among several, but what the service chose or what is the only one', () => {
    const first = (property: object) => formFromSchema(schema({ game: property }, 'game')).initial.game;
    expect(first({ enum: ['a', 'b'] })).toBe('');
    expect(first({ enum: ['a', 'b'], default: 'b' })).toBe('b');
    expect(first({ enum: ['a'] })).toBe('a');
    expect(first({ const: 'a' })).toBe('a');
  });
});

describe('what was typed', () => {
  it('becomes values of the types that the schema names', () => {
    expect(
      read(
        {
          game: { enum: [1, 2] },
          note: { type: 'string' },
          most: { type: 'integer' },
          share: { type: 'number' },
          force: { type: 'boolean' },
        },
        { game: '2', note: ' why ', most: '12', share: '0,5', force: 'true' },
      ),
    ).toEqual({ game: 2, note: 'why', most: 12, share: 0.5, force: true });
  });

  it('is left out where nothing was typed and nothing is required', () => {
    expect(read({ note: { type: 'string' }, game: { enum: ['a', 'b'] } }, {})).toEqual({});
  });

  it('is refused where it is missing, of another form, or beyond a limit', () => {
    const properties = {
      game: { enum: ['a', 'b'] },
      most: { type: 'integer', minimum: 1, maximum: 9 },
      name: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 },
    };
    const problem = (texts: Record<string, string>) => read(properties, texts, 'game', 'most', 'name');
    const well = { game: 'a', most: '3', name: 'abc' };
    expect(problem(well)).toEqual({ game: 'a', most: 3, name: 'abc' });
    expect(problem({ ...well, game: '', name: ' ' })).toEqual({
      game: { kind: 'missing' },
      name: { kind: 'missing' },
    });
    expect(problem({ ...well, game: 'c' })).toEqual({ game: { kind: 'missing' } });
    expect(problem({ ...well, most: 'x' })).toEqual({ most: { kind: 'integer' } });
    expect(problem({ ...well, most: '2.5' })).toEqual({ most: { kind: 'integer' } });
    expect(problem({ ...well, most: '0' })).toEqual({ most: { kind: 'least', limit: 1 } });
    expect(problem({ ...well, most: '10' })).toEqual({ most: { kind: 'most', limit: 9 } });
    expect(problem({ ...well, name: 'a' })).toEqual({ name: { kind: 'longer', limit: 2 } });
    expect(problem({ ...well, name: 'abcde' })).toEqual({ name: { kind: 'shorter', limit: 4 } });
    expect(problem({ ...well, name: 'AB' })).toEqual({ name: { kind: 'pattern' } });
  });

  it('is left to the service where its pattern is none', () => {
    expect(read({ name: { type: 'string', pattern: '(' } }, { name: 'x' })).toEqual({ name: 'x' });
  });
});
