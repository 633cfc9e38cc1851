import { describe, expect, it } from 'vitest';
import { createFormats } from '../_format/formats.ts';
import { messagesFor } from '../_messages/catalogue.ts';
import { aFinding, aPool } from '../_resources/resource-builders.ts';
import { CONDITIONS, conditionOf } from './condition.ts';
import { anInstance, aService } from './fleet-builders.ts';
import { fleetState, livingOf } from './fleet-state.ts';
import { fleetSentence, overviewSentence, serviceSentence } from './sentence.ts';

const t = messagesFor('en', createFormats('en-GB', 'UTC'));
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const say = (...services: ReturnType<typeof aService>[]) => plain(fleetSentence(fleetState(services), t));

describe('the first sentence of the overview', () => {
  it('says that nothing is there yet', () => {
    expect(say()).toBe('No service has registered yet.');
  });

  it('says that all is well, and of how many', () => {
    expect(say(aService('a', [anInstance('a', 'a-0')]))).toBe('The one instance is well.');
    expect(
      say(
        aService('a', [anInstance('a', 'a-0'), anInstance('a', 'a-1')]),
        aService('b', [anInstance('b', 'b')]),
      ),
    ).toBe('All 3 instances of 2 services are well.');
  });

  it('names the one that is in trouble; its service says the reason as well', () => {
    const lone = aService('a', [anInstance('a', 'a-0'), anInstance('a', 'a-1', 'stuck')]);
    expect(plain(serviceSentence(lone, t))).toBe(
      'a-1 is stuck. The main thread is in a JavaScript loop and answers nothing else.',
    );
    expect(say(aService('a', [anInstance('a', 'a-0'), anInstance('a', 'a-1', 'stuck')]))).toBe(
      'a-1 is stuck.',
    );
    expect(say(aService('a', [anInstance('a', 'a-0', 'dead')]))).toBe('a-0 is dead.');
  });

  it('counts when there are several, and names up to three services', () => {
    const troubled = ['a', 'b', 'c', 'd'].map((name) => aService(name, [anInstance(name, name, 'strained')]));
    expect(say(...troubled.slice(0, 3))).toBe('3 instances of a, b and c need a look.');
    expect(say(...troubled)).toBe('4 instances of 4 services need a look.');
  });

  it('does not call well what was not heard yet', () => {
    expect(say(aService('a', [anInstance('a', 'a-0'), anInstance('a', 'a-1', 'connecting')]))).toBe(
      '1 of 2 instances are well; 1 not heard yet.',
    );
  });

  it('does not mourn what was replaced, nor what stopped in good order', () => {
    const successor = anInstance('a', 'a-0', 'well', {
      id: 'a.new',
      startedAt: '2026-03-05T13:00:00.000Z',
    } as object);
    expect(say(aService('a', [anInstance('a', 'a-0', 'dead'), successor]))).toBe('The one instance is well.');
    expect(say(aService('a', [anInstance('a', 'a-0', 'stopped'), anInstance('a', 'a-1')]))).toBe(
      'The one instance is well.',
    );
    expect(say(aService('a', [anInstance('a', 'a-0', 'stopped')]))).toBe('The one instance has stopped.');
  });

  it('still misses what died and has an older namesake', () => {
    const older = anInstance('a', 'a-0', 'well', {
      id: 'a.old',
      startedAt: '2026-03-05T11:00:00.000Z',
    } as object);
    expect(fleetState([aService('a', [anInstance('a', 'a-0', 'dead'), older])]).state).toBe('troubled');
  });

  it('begins with the most urgent', () => {
    const service = aService('a', [
      anInstance('a', 'a-0', 'strained'),
      anInstance('a', 'a-1', 'dead'),
      anInstance('a', 'a-2', 'stuck'),
    ]);
    const state = fleetState([service]);
    expect(state.state === 'troubled' && state.troubles.map(({ condition }) => condition)).toEqual([
      'stuck',
      'dead',
      'strained',
    ]);
    expect(plain(serviceSentence(service, t))).toBe('3 of 3 instances of a need a look.');
  });

  it('counts as living neither the dead nor the stopped', () => {
    const service = aService('a', [
      anInstance('a', 'a-0'),
      anInstance('a', 'a-1', 'dead'),
      anInstance('a', 'a-2', 'stopped'),
      anInstance('a', 'a-3', 'interrupted'),
    ]);
    expect(livingOf(service).map(({ name }) => name)).toEqual(['a-0', 'a-3']);
  });

  it.each(CONDITIONS)('knows the condition %s', (condition) => {
    expect(conditionOf(anInstance('a', 'a-0', condition))).toBe(condition);
    expect(say(aService('a', [anInstance('a', 'a-0', condition)]))).not.toBe('');
  });
});

describe('the first sentence of the overview when services found something', () => {
  const found = (...names: string[]) =>
    names.map((name) => aPool(name, 'a', { finding: aFinding('4 of 6 connections are stale.') }));
  const withFindings = (findings: ReturnType<typeof found>, ...services: ReturnType<typeof aService>[]) =>
    plain(overviewSentence(fleetState(services), findings, t));
  const well = aService('bg-gate', [anInstance('bg-gate', 'bg-gate')]);

  it('does not call well what holds something that is not', () => {
    expect(withFindings(found('bg-gate'), well)).toBe('bg-gate needs a look.');
    expect(withFindings([], well)).toBe('The one instance is well.');
  });

  it('counts an instance once, however much was found in it', () => {
    expect(withFindings(found('bg-gate', 'bg-gate'), well)).toBe('bg-gate needs a look.');
  });

  it('counts those in trouble and those with findings together', () => {
    const dead = aService('steampunk2', [anInstance('steampunk2', 'steampunk2-0', 'dead')]);
    expect(withFindings(found('bg-gate'), well, dead)).toBe(
      '2 instances of steampunk2 and bg-gate need a look.',
    );
  });

  it('says of one that is stuck that it is, whatever was found in it before', () => {
    const stuck = anInstance('bg-gate', 'bg-gate', 'stuck', {
      id: found('bg-gate')[0]?.instanceId,
    } as object);
    expect(withFindings(found('bg-gate'), aService('bg-gate', [stuck]))).toBe('bg-gate is stuck.');
  });
});
