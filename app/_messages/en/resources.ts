import type { Formats } from '../../_format/formats.ts';

const INSTANCES = { one: 'instance', other: 'instances' };
const CONNECTIONS = { one: 'connection', other: 'connections' };
const POOLS = { one: 'pool', other: 'pools' };

const listed = (f: Formats, names: readonly string[], most: number, forms: { one: string; other: string }) =>
  names.length <= most ? f.list([...names]) : f.count(names.length, forms);

export const resources = (f: Formats) => ({
  caption: (owner: string) => `Resources of ${owner}`,
  none: 'This service has registered no resources.',
  noneDetail:
    'Pools, rooms, locks and queues that a service registers with the agent are shown here with their measures.',
  offline: 'Not read: the instance is not connected.',
  unreadable: (reason: string) => `Could not be read: ${reason}`,
  columns: { instance: 'Instance', kind: 'Kind', name: 'Name', measures: 'Measures', action: 'Action' },
  more: (count: number) => `Read the next ${f.count(count, INSTANCES)}`,
  open: (name: string, instance: string) => `What is in ${name} of ${instance}`,

  /** What is in a resource, thing by thing. */
  items: {
    caption: (name: string, instance: string) => `What is in ${name} of ${instance}`,
    none: 'Nothing is in it at the moment, or the service does not list what is.',
    reading: 'Reading what is in it…',
    cut: (shown: number, all: number) =>
      `The first ${f.number(shown)} of ${f.number(all)} are shown: the service sends no more at once.`,
    columns: {
      state: 'State',
      name: 'Id',
      peer: 'Peer',
      created: 'Created',
      lastUsed: 'Last used',
    },
    conditions: { well: 'well', attention: 'needs attention', bad: 'bad' },
    never: 'never',
    /** After the sentence of what is in the way. */
    numbersFrom: (seconds: number) => `The last numbers are from ${f.duration(seconds)} ago.`,
    listFrom: (seconds: number) => `The list below is from ${f.duration(seconds)} ago.`,
  },

  /** Why the figures of an instance do not move. */
  notAnswering: {
    stuck: (name: string, seconds: number) =>
      `The main thread of ${name} has been stuck for ${f.duration(seconds)}, and its pools live on that thread: they cannot be looked into until it answers again.`,
    away: (name: string) => `${name} cannot be reached: its pools cannot be looked into.`,
    ended: (name: string) => `${name} has ended, and its pools with it.`,
    numbersFrom: (seconds: number) => `Its last numbers are from ${f.duration(seconds)} ago.`,
  },

  pools: {
    title: 'Pools',
    loading: 'Looking at the pools…',
    empty: 'No service that runs has registered a pool.',
    emptyDetail:
      'A pool that a service registers with the agent as a resource of the kind “pool” appears here with its connections.',
    sentence: (state: {
      pools: number;
      connections: number;
      stale: number;
      staleIn: readonly { name: string; instanceName: string }[];
      unread: number;
      outdated: number;
      instances: readonly string[];
    }) => {
      const where = `${f.count(state.pools, POOLS)} of ${listed(f, state.instances, 2, INSTANCES)}`;
      const sits = `${f.count(state.connections, CONNECTIONS)} ${state.connections === 1 ? 'sits' : 'sit'} in ${where}`;
      const unread =
        state.unread === 0
          ? ''
          : ` What ${f.count(state.unread, POOLS)} ${state.unread === 1 ? 'holds' : 'hold'} is not known.`;
      if (state.stale === 0)
        return state.outdated === 0
          ? `${sits}; none is known to be stale.${unread}`
          : `${sits}; none was stale when they could last be read.${unread}`;
      const [only, ...others] = state.staleIn;
      const place =
        only === undefined || others.length > 0
          ? `in ${f.count(state.staleIn.length, POOLS)}`
          : state.instances.length === 1
            ? `in “${only.name}”`
            : `in “${only.name}” of ${only.instanceName}`;
      return `${sits}; ${f.number(state.stale)} ${state.stale === 1 ? 'is' : 'are'} stale, ${place}.${unread}`;
    },
    caption: 'Pools of connections, by instance',
    filter: 'Filter pools and instances',
    poolsNoun: (count: number) => f.plural(count, POOLS),
    allHealths: 'All states',
    healthLabel: 'State',
    healths: { stale: 'Needs a look', well: 'No finding', unread: 'Not known' },
    gameLabel: 'Game',
    allGames: 'All games',
    instanceLabel: 'Instance',
    allInstances: 'All instances',
    total: 'Total',
    columns: {
      name: 'Pool',
      instance: 'Instance',
      size: 'Connections',
      healthy: 'Healthy',
      stale: 'Stale',
      inFlight: 'In flight',
      longestIdle: 'Longest idle',
      read: 'Read',
      action: 'Action',
    },
    columnTitles: {
      size: 'Connections in the pool; in brackets, where it is another number, how many there should be',
      healthy: 'Connections that are known to work',
      stale: 'Connections whose peer is gone and which still sit in the pool',
      inFlight: 'Requests whose answers are awaited',
      longestIdle: 'The longest time that one of its connections has not been used',
      read: 'When the numbers were taken',
    },
    sizeOf: (size: number, target: number) => `${f.number(size)} (${f.number(target)})`,
    now: 'now',
  },

  findings: {
    lookInto: (name: string, instance: string) => `Look into ${name} of ${instance}`,
  },
});
