import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { ActionRegistry } from './action-registry.ts';

const flush: Action = {
  type: 'pool.flush',
  title: 'Flush',
  description: 'Closes stale connections.',
  parametersSchema: { type: 'object', properties: {} },
  preview: () => ({ targets: [], playersAffected: 0, playersDisconnected: 0, irreversible: '' }),
  run: async () => ({
    state: 'succeeded',
    message: '',
    playersAffected: 0,
    playersDisconnected: 0,
    checks: [],
  }),
};

describe('the registry of actions', () => {
  it('describes what was registered until it is taken back', () => {
    const registry = new ActionRegistry(() => {});
    using registration = registry.register(flush);
    expect(registry.describe()).toEqual([
      {
        type: 'pool.flush',
        title: 'Flush',
        description: 'Closes stale connections.',
        parametersSchemaJson: '{"type":"object","properties":{}}',
      },
    ]);
    registration.dispose();
    expect(registry.describe()).toEqual([]);
  });

  it('takes a type once', () => {
    const registry = new ActionRegistry(() => {});
    registry.register(flush);
    expect(registry.register(flush).refusedReason).toContain('registered already');
  });

  const circular: Record<string, unknown> = { type: 'object' };
  circular.self = circular;
  it.each([
    ['a type in capitals', { ...flush, type: 'Flush' }],
    ['no title', { ...flush, title: '' }],
    ['a schema that cannot be written', { ...flush, parametersSchema: circular }],
    ['a schema that is too long', { ...flush, parametersSchema: { text: 'x'.repeat(20_000) } }],
    ['no function to preview it', { ...flush, preview: undefined }],
    ['no function to run it', { ...flush, run: 'pool.flush' }],
    ['nothing at all', undefined],
  ])('does not take an action with %s, and does not throw', (_, action) => {
    const registry = new ActionRegistry(() => {});
    expect(registry.register(action as Action).refusedReason).toBeTruthy();
    expect(registry.describe()).toEqual([]);
  });
});
