import { describe, expect, it } from 'vitest';
import type { Action, ActionPart } from '#contract';
import { createFormats } from '../_format/formats.ts';
import { messagesFor } from '../_messages/catalogue.ts';
import { after, anAction, aPart, START } from './action-builders.ts';
import { actionSentence, asSentence } from './sentence.ts';

const f = createFormats('en-GB', 'UTC');
const t = messagesFor('en', f);
const say = (action: Action, atSeconds = 0) =>
  actionSentence(action, Date.parse(after(atSeconds)), t, f).replaceAll('\u00a0', ' ');
const running = (message: string, name = 'g-0'): ActionPart =>
  aPart(name, { status: { state: 'running', since: START, phase: 'closing', message } });

describe('the sentence of an action', () => {
  it('says what the instance says that it does', () => {
    expect(say(anAction('running', [running('Closing 3 connections')]))).toBe(
      'Flush a pool of g-0: Closing 3 connections.',
    );
    expect(say(anAction('running', [aPart('g-0')]))).toBe('Flush a pool of g-0: under way.');
  });

  it('counts instances where there are several', () => {
    const ended = aPart('g-1', { status: { state: 'succeeded', since: START, message: '' } });
    expect(say(anAction('running', [running('x'), ended, aPart('g-2')]))).toBe(
      'Flush a pool of gate (3 instances): 1 of 3 instances at it, 1 through.',
    );
  });

  it('tells first that an instance cannot be reached, and how long it is still looked for', () => {
    const lost = aPart('g-1', {
      status: { state: 'interrupted', since: START, reason: 'reset', givesUpAt: after(30) },
    });
    const action = anAction('running', [running('x'), lost]);
    expect(say(action, 10)).toContain('the connection to g-1 is interrupted');
    expect(say(action, 10)).toContain('for 20 s');
    expect(say(action, 31)).toContain('about to give up');
  });

  it('has one for every state, and none of them is a success but success', () => {
    const states = [
      'starting',
      'running',
      'asking',
      'cancelling',
      'partial',
      'failed',
      'cancelled',
      'unknown',
    ];
    const sentences = states.map((state) =>
      say(anAction(state as Action['status']['state'], [running('x')])),
    );
    expect(new Set(sentences).size).toBe(states.length);
    expect(sentences.filter((sentence) => sentence.includes('succeeded'))).toEqual([]);
    expect(say(anAction('succeeded', [running('x')]))).toBe('Flush a pool of g-0 succeeded.');
  });

  it('closes the words of others like sentences', () => {
    expect(asSentence(' done ')).toBe('done.');
    expect(asSentence('Really?')).toBe('Really?');
    expect(asSentence(' ')).toBe('');
  });
});
