import { describe, expect, it } from 'vitest';
import { anInstance, aService } from '../_fleet/fleet-builders.ts';
import { anAction, aPart } from './action-builders.ts';
import { availabilityOf, offeredTypes, wishAgain } from './offers.ts';

const offering = (name: string, condition: 'well' | 'interrupted' | 'dead' = 'well', id = name) => ({
  ...anInstance('gate', id, condition, { actionTypes: ['pool.flush'] }),
  name,
});

describe('who can do an action', () => {
  it('is whoever offers it and is connected', () => {
    const instances = [offering('g-0'), offering('g-1', 'interrupted'), anInstance('gate', 'g-2')];
    const availability = availabilityOf(instances, 'pool.flush');
    expect(availability).toEqual({ state: 'able', instances: [instances[0]] });
  });

  it('is told apart from an action that nobody offers', () => {
    expect(availabilityOf([offering('g-1', 'interrupted')], 'pool.flush').state).toBe('offline');
    expect(availabilityOf([anInstance('gate', 'g-2')], 'pool.flush').state).toBe('not-offered');
  });

  it('is asked of a connected instance where there is one, and never of the dead', () => {
    const cut = offering('g-0', 'interrupted');
    const well = offering('g-1');
    expect(offeredTypes([cut, well])).toEqual([{ type: 'pool.flush', instance: well }]);
    expect(offeredTypes([cut])).toEqual([{ type: 'pool.flush', instance: cut }]);
    expect(offeredTypes([offering('g-0', 'dead')])).toEqual([]);
  });
});

describe('the same action once more', () => {
  const action = anAction('unknown', [aPart('g-0')], { params: { game: 'x' } });

  it('is for the process that has taken the place of the one that ended', () => {
    const services = [aService('gate', [offering('g-0', 'dead', 'old'), offering('g-0', 'well', 'new')])];
    expect(wishAgain(action, services)).toMatchObject({ instanceIds: ['gate.new'], params: { game: 'x' } });
  });

  it('is for the same process where it still lives', () => {
    const services = [aService('gate', [offering('g-0', 'well', 'other'), offering('g-0', 'well', 'g-0')])];
    expect(wishAgain(action, services)?.instanceIds).toEqual(['gate.g-0']);
  });

  it('is for nobody when nobody is left that could do it', () => {
    expect(wishAgain(action, [])).toBeNull();
    expect(wishAgain(action, [aService('gate', [offering('g-0', 'interrupted')])])).toBeNull();
  });
});
