import { type InfiniteData, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Action, ActionList, Capture, CaptureId, CaptureList, Service, TimelineEvent } from '#contract';
import { anInstance, aService } from '../_fleet/fleet-builders.ts';
import { applyChange, withEvent, withInstance, withoutInstance } from './apply-change.ts';
import { TIMELINE_LENGTH } from './queries.ts';

const capture = (id: string, part: Partial<Capture> = {}) =>
  ({
    id: id as CaptureId,
    service: 'a',
    instanceId: 'a.1',
    kind: 'cpu',
    requestedAt: id,
    ...part,
  }) as Capture;
const event = (sequence: number) => ({ sequence, service: 'a', instanceId: null }) as TimelineEvent;

function clientWithCaptures(filter: object, ...ids: string[]) {
  const client = new QueryClient();
  const pages: CaptureList[] = [{ captures: ids.map((id) => capture(id)), nextBefore: null }];
  client.setQueryData<InfiniteData<CaptureList>>(['captures', filter], { pages, pageParams: [null] });
  const shown = () =>
    client
      .getQueryData<InfiniteData<CaptureList>>(['captures', filter])
      ?.pages.flatMap((page) => page.captures.map(({ id }) => id))
      .join(' ');
  return { client, shown };
}

describe('a change of an instance', () => {
  const services = [
    aService('a', [anInstance('a', 'a-0'), anInstance('a', 'a-1')]),
    aService('b', [anInstance('b', 'b-0')]),
  ];

  it('replaces it and leaves the other services the very same', () => {
    const next = withInstance(services, anInstance('a', 'a-1', 'stuck'));
    expect(next[0]?.instances.map(({ name, health }) => `${name} ${health.state}`)).toEqual([
      'a-0 well',
      'a-1 stuck',
    ]);
    expect(next[1]).toBe(services[1]);
  });

  it('adds one that is new, and a service that is new', () => {
    expect(withInstance(services, anInstance('b', 'b-1'))[1]?.instances).toHaveLength(2);
    expect(withInstance(services, anInstance('c', 'c-0')).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('keeps the versions of those that run, not of those that ended', () => {
    const old = anInstance('a', 'a-0', 'dead', { version: '0.9.0' });
    const running = anInstance('a', 'a-1', 'well', { version: '1.0.0' });
    expect(withInstance([aService('a', [old])], running)[0]?.versions).toEqual(['1.0.0']);
    expect(
      withInstance([aService('a', [running])], { ...running, ...old, id: running.id })[0]?.versions,
    ).toEqual(['0.9.0']);
  });

  it('removes a service with its last instance', () => {
    expect(withoutInstance(services, anInstance('b', 'b-0').id).map(({ name }) => name)).toEqual(['a']);
    expect(withoutInstance(services, anInstance('a', 'a-0').id)[0]?.instances).toHaveLength(1);
  });

  it('does not invent a list that was never asked for', () => {
    const client = new QueryClient();
    applyChange(client, { type: 'instance', instance: anInstance('a', 'a-0') });
    expect(client.getQueryData<Service[]>(['services'])).toBeUndefined();
  });
});

describe('a change of a capture', () => {
  it('replaces it where it stands and puts a new one first', () => {
    const { client, shown } = clientWithCaptures({}, 'cap_3', 'cap_2');
    applyChange(client, { type: 'capture', capture: capture('cap_2') });
    expect(shown()).toBe('cap_3 cap_2');
    applyChange(client, { type: 'capture', capture: capture('cap_4') });
    expect(shown()).toBe('cap_4 cap_3 cap_2');
  });

  it('does not put an old one, beyond the loaded pages, on top', () => {
    const { client, shown } = clientWithCaptures({}, 'cap_3', 'cap_2');
    applyChange(client, { type: 'capture', capture: capture('cap_1') });
    expect(shown()).toBe('cap_3 cap_2');
  });

  it('reaches only the lists whose filter it passes', () => {
    const { client, shown } = clientWithCaptures({ service: 'b' }, 'cap_3');
    applyChange(client, { type: 'capture', capture: capture('cap_4') });
    expect(shown()).toBe('cap_3');
    applyChange(client, { type: 'capture', capture: capture('cap_5', { service: 'b' }) });
    expect(shown()).toBe('cap_5 cap_3');
  });

  it('takes a deleted one out', () => {
    const { client, shown } = clientWithCaptures({}, 'cap_3', 'cap_2');
    applyChange(client, { type: 'capture-removed', captureId: 'cap_3' as CaptureId });
    expect(shown()).toBe('cap_2');
  });
});

describe('a change of an action', () => {
  const action = (id: string, ...services: string[]) =>
    ({ id, type: 'drain', parts: services.map((service) => ({ service })) }) as Action;
  function clientWithActions(filter: object, ...actions: Action[]) {
    const client = new QueryClient();
    const pages: ActionList[] = [{ actions, nextBefore: null }];
    client.setQueryData<InfiniteData<ActionList>>(['actions', filter], { pages, pageParams: [null] });
    const shown = () =>
      client
        .getQueryData<InfiniteData<ActionList>>(['actions', filter])
        ?.pages.flatMap((page) => page.actions.map(({ id }) => id))
        .join(' ');
    return { client, shown };
  }

  it('reaches its page and every list of a service that it is on', () => {
    const { client, shown } = clientWithActions({ service: 'b' }, action('act_1', 'b'));
    applyChange(client, { type: 'action', action: action('act_2', 'a') });
    expect(shown()).toBe('act_1');
    applyChange(client, { type: 'action', action: action('act_3', 'a', 'b') });
    expect(shown()).toBe('act_3 act_1');
    expect(client.getQueryData<Action>(['action', 'act_3'])?.parts).toHaveLength(2);
  });

  it('replaces it where it stands', () => {
    const { client, shown } = clientWithActions({}, action('act_2', 'a'), action('act_1', 'a'));
    applyChange(client, { type: 'action', action: action('act_1', 'a') });
    expect(shown()).toBe('act_2 act_1');
  });
});

describe('an event of the timeline', () => {
  it('comes first, once, and pushes the oldest out', () => {
    expect(withEvent([event(3), event(2)], event(3)).map(({ sequence }) => sequence)).toEqual([3, 2]);
    expect(withEvent([event(3), event(1)], event(2)).map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    const full = Array.from({ length: TIMELINE_LENGTH }, (_, i) => event(TIMELINE_LENGTH - i));
    const next = withEvent(full, event(TIMELINE_LENGTH + 1));
    expect(next).toHaveLength(TIMELINE_LENGTH);
    expect(next.at(-1)?.sequence).toBe(2);
  });
});
