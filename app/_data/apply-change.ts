import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type {
  Action,
  ActionList,
  Capture,
  CaptureList,
  Instance,
  InstanceDetail,
  Service,
  StateChange,
  TimelineEvent,
} from '#contract';
import { type ActionFilter, type CaptureFilter, TIMELINE_LENGTH, type TimelineFilter } from './queries.ts';

/** Writes one state change into everything that was already asked for. What was never asked for stays unasked. */
export function applyChange(client: QueryClient, change: StateChange): void {
  switch (change.type) {
    case 'instance':
      client.setQueryData<Service[]>(
        ['services'],
        (services) => services && withInstance(services, change.instance),
      );
      client.setQueryData<InstanceDetail>(['instance', change.instance.id], (detail) =>
        detail ? { ...detail, ...change.instance } : detail,
      );
      return;
    case 'instance-removed':
      client.setQueryData<Service[]>(
        ['services'],
        (services) => services && withoutInstance(services, change.instanceId),
      );
      return;
    case 'capture':
      client.setQueryData<Capture>(['capture', change.capture.id], change.capture);
      forEachQuery<InfiniteData<CaptureList>, CaptureFilter>(client, 'captures', (data, filter) =>
        matchesFilter(change.capture, filter) ? withCapture(data, change.capture) : data,
      );
      return;
    case 'capture-removed':
      client.removeQueries({ queryKey: ['capture', change.captureId], type: 'inactive' });
      client.invalidateQueries({ queryKey: ['capture', change.captureId] });
      forEachQuery<InfiniteData<CaptureList>, CaptureFilter>(client, 'captures', (data) =>
        withoutCapture(data, change.captureId),
      );
      return;
    case 'action':
      client.setQueryData<Action>(['action', change.action.id], change.action);
      forEachQuery<InfiniteData<ActionList>, ActionFilter>(client, 'actions', (data, filter) =>
        isActionOf(change.action, filter) ? withAction(data, change.action) : data,
      );
      return;
    case 'timeline':
      forEachQuery<TimelineEvent[], TimelineFilter>(client, 'timeline', (events, filter) =>
        isOf(change.event, filter) ? withEvent(events, change.event) : events,
      );
      return;
    default:
      assertNever(change);
  }
}

function forEachQuery<Data, Filter>(
  client: QueryClient,
  subject: string,
  update: (data: Data, filter: Filter) => Data,
): void {
  for (const [key, data] of client.getQueriesData<Data>({ queryKey: [subject] })) {
    if (data !== undefined) client.setQueryData<Data>(key, update(data, key[1] as Filter));
  }
}

/** A service that is new to us stands in tier "other" until the list is fetched again. */
export function withInstance(services: readonly Service[], instance: Instance): Service[] {
  if (!services.some((service) => service.name === instance.service)) {
    const fresh: Service = {
      name: instance.service,
      tier: 'other',
      versions: [instance.version],
      instances: [instance],
    };
    return [...services, fresh];
  }
  return services.map((service) => {
    if (service.name !== instance.service) return service;
    const known = service.instances.some((other) => other.id === instance.id);
    const instances = known
      ? service.instances.map((other) => (other.id === instance.id ? instance : other))
      : [...service.instances, instance];
    return { ...service, instances, versions: versionsOf(instances) };
  });
}

export function withoutInstance(services: readonly Service[], id: Instance['id']): Service[] {
  const left: Service[] = [];
  for (const service of services) {
    const instances = service.instances.filter((instance) => instance.id !== id);
    if (instances.length === service.instances.length) left.push(service);
    else if (instances.length > 0) left.push({ ...service, instances, versions: versionsOf(instances) });
  }
  return left;
}

/** Versions that run; when none does, those that ran last. */
function versionsOf(instances: readonly Instance[]): string[] {
  const living = instances.filter(
    ({ connection }) => connection.state !== 'dead' && connection.state !== 'stopped',
  );
  return [...new Set((living.length > 0 ? living : instances).map((instance) => instance.version))].sort();
}

export function matchesFilter(capture: Capture, filter: CaptureFilter): boolean {
  return (
    (filter.service === undefined || filter.service === capture.service) &&
    (filter.instanceId === undefined || filter.instanceId === capture.instanceId) &&
    (filter.kind === undefined || filter.kind === capture.kind) &&
    (filter.since === undefined || filter.since <= capture.requestedAt)
  );
}

/** Of a service or an instance is an action that any of its parts is on. */
export function isActionOf(action: Action, filter: ActionFilter): boolean {
  return (
    (filter.type === undefined || filter.type === action.type) &&
    (filter.service === undefined || action.parts.some(({ service }) => service === filter.service)) &&
    (filter.instanceId === undefined ||
      action.parts.some(({ instanceId }) => instanceId === filter.instanceId))
  );
}

function withCapture(data: InfiniteData<CaptureList>, capture: Capture): InfiniteData<CaptureList> {
  const pages = withNewest(
    data.pages.map((page) => page.captures),
    capture,
  );
  return { ...data, pages: data.pages.map((page, index) => ({ ...page, captures: pages[index] ?? [] })) };
}

function withAction(data: InfiniteData<ActionList>, action: Action): InfiniteData<ActionList> {
  const pages = withNewest(
    data.pages.map((page) => page.actions),
    action,
  );
  return { ...data, pages: data.pages.map((page, index) => ({ ...page, actions: pages[index] ?? [] })) };
}

/** Replaces the item where it stands; one that is new to the list comes first. Ids sort by time of creation. */
function withNewest<Item extends { id: string }>(pages: readonly Item[][], item: Item): Item[][] {
  if (pages.some((page) => page.some(({ id }) => id === item.id)))
    return pages.map((page) => page.map((other) => (other.id === item.id ? item : other)));
  const [first = [], ...rest] = pages;
  const newest = first[0];
  // An old one beyond the pages that were loaded is none of this list's business yet.
  if (newest !== undefined && item.id < newest.id) return [...pages];
  return [[item, ...first], ...rest];
}

export function withoutCapture(
  data: InfiniteData<CaptureList>,
  id: Capture['id'],
): InfiniteData<CaptureList> {
  if (!data.pages.some((page) => page.captures.some((capture) => capture.id === id))) return data;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      captures: page.captures.filter((capture) => capture.id !== id),
    })),
  };
}

function isOf(event: TimelineEvent, filter: TimelineFilter): boolean {
  return (
    (filter.service === undefined || filter.service === event.service) &&
    (filter.instanceId === undefined || filter.instanceId === event.instanceId)
  );
}

/** Newest first, each sequence once, bounded. */
export function withEvent(events: readonly TimelineEvent[], event: TimelineEvent): TimelineEvent[] {
  const others = events.filter((other) => other.sequence !== event.sequence);
  return [event, ...others].sort((a, b) => b.sequence - a.sequence).slice(0, TIMELINE_LENGTH);
}

function assertNever(value: never): never {
  throw new Error(`unexpected change ${JSON.stringify(value)}`);
}
