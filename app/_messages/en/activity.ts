import type { ThreadState } from '#profile/index.ts';
import type { Formats } from '../../_format/formats.ts';

const OPERATIONS = { one: 'operation', other: 'operations' };
const GROUPS = { one: 'place', other: 'places' };

const THREAD_STATES: Record<ThreadState, string> = {
  executing: 'executing',
  idle: 'idle',
  stuck: 'stuck',
  unknown: 'not known',
};

const THREAD_SENTENCES: Record<ThreadState, string> = {
  executing: 'JavaScript ran in most samples.',
  idle: 'Waiting for events: nothing to do.',
  stuck: 'JavaScript ran and its event loop did not turn.',
  unknown: 'It could not be asked: it was in a native call, or gone.',
};

/** What is pending in a process. */
export const activity = (f: Formats) => ({
  label: 'Activity',
  loading: 'Reading what was pending…',
  copy: 'Copy as text',
  copied: 'Copied as text',
  anonymous: '(anonymous)',

  threads: {
    title: 'Threads at that moment',
    state: (state: ThreadState) => THREAD_STATES[state],
    sentence: (state: ThreadState) => THREAD_SENTENCES[state],
    samples: (count: number, all: number) => `${f.number(count)} of ${f.number(all)} samples`,
    more: (count: number) => `and ${f.count(count, { one: 'other stack', other: 'other stacks' })}`,
    none: 'The agent told of no thread.',
  },

  pending: {
    title: 'Pending operations',
    sentence: (count: number, groups: number, oldest: string | undefined) =>
      `${f.count(count, OPERATIONS)} begun in ${f.count(groups, GROUPS)}${oldest === undefined ? '' : `, the oldest ${oldest} ago`}.`,
    shown: (count: number, all: number) => `${f.number(count)} of ${f.count(all, OPERATIONS)} shown.`,
    caption: 'Operations that had begun and not ended, by where they were begun',
    filter: 'Filter by function, file or resource',
    type: 'Waits for',
    allTypes: 'Everything',
    types: {
      network: 'network',
      dns: 'DNS',
      file: 'file',
      timer: 'timer',
      lock: 'lock',
      queue: 'queue',
      worker: 'worker',
      process: 'process',
      promise: 'promise',
      other: 'other',
    } as Record<string, string>,
    columns: {
      count: 'Count',
      oldest: 'Oldest',
      type: 'Waits for',
      resource: 'Resource',
      place: 'Begun in',
    },
    estimate: (count: string) => `≈ ${count}`,
    estimateTitle: (every: number) => `One in ${f.number(every)} was followed: the count is an estimate.`,
    earlier: 'before the capture began',
    earlierDetail: 'It was begun before the capture, when nobody noted where.',
    open: (name: string) => `Where ${name} was begun`,
    none: 'Nothing is pending',
    noneDetail: (watched: string) =>
      `No operation that is followed had begun and not ended, after watching for ${watched}. What the threads ran stands below.`,
    noMatch: 'Nothing that is pending matches the filter.',
    showAll: 'Show everything',
  },

  handles: {
    title: 'What keeps it alive',
    none: 'Nothing keeps the event loop alive.',
    rest: (count: number) => `and ${f.number(count)} more`,
  },
  native: 'native',
});
