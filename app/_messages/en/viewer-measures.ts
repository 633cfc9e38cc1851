import type { Formats, PluralForms } from '../../_format/formats.ts';

/** How one speaks of what a profile measures. */
export interface MeasureWords {
  /** In the switch between measures. */
  name: string;
  /** Everything: "12.4 MB in use". */
  whole(value: string): string;
  /** The longest of what is summed up. */
  longest?(time: string): string;
  /** After a share. */
  ofAll: string;
  /** What the legend divides by origin. */
  byOrigin: string;
  caption: string;
  hint: string;
}

/** How one speaks of what is counted beside it. */
export interface CountWords {
  count(value: number): string;
  selfColumn: string;
  totalColumn: string;
}

/** Names come from files: a table that they are looked up in must know no others than its own. */
const tableOf = <T>(entries: Record<string, T>): ReadonlyMap<string, T> => new Map(Object.entries(entries));

const MILLISECONDS_PER = tableOf({
  nanoseconds: 1e-6,
  microseconds: 1e-3,
  milliseconds: 1,
  seconds: 1000,
});

/** An amount in a unit that pprof's files name. */
export function valueIn(f: Formats, amount: number, unit: string): string {
  const milliseconds = MILLISECONDS_PER.get(unit);
  if (milliseconds !== undefined) return f.milliseconds(amount * milliseconds);
  if (unit === 'bytes') return f.bytes(amount);
  return unit === 'count' ? f.number(amount) : `${f.figure(amount)}\u00a0${unit}`;
}

const RECURSION = 'Recursion counts once.';
const IN_USE = {
  ofAll: 'of what is in use',
  hint: `Self is what the function itself allocated and is still in use, total adds what all allocated that it called. ${RECURSION}`,
};
const ALLOCATED = {
  ofAll: 'of what was allocated',
  hint: `Self is what the function itself allocated, total adds what all allocated that it called. ${RECURSION}`,
};
const WAITED = {
  ofAll: 'of the waiting',
  hint: `Self is what was waited for where the function began it, total adds all that it called. ${RECURSION}`,
};

const TIME: MeasureWords = {
  name: 'Time',
  whole: (value) => value,
  ofAll: 'of the time',
  byOrigin: 'Self time by origin',
  caption: 'Functions by self and total time',
  hint: `Self is the time in the function itself, total adds all it called. ${RECURSION}`,
};

const longestWait = (time: string) => `the longest wait ${time}`;
const longestHold = (time: string) => `the longest hold ${time}`;

/** By the names that V8's and Go's profiles have for them; `time` is what files of traces and of speedscope measure. */
const MEASURES = tableOf<MeasureWords>({
  cpu: TIME,
  time: TIME,
  samples: {
    name: 'Samples',
    whole: (value) => `${value} samples`,
    ofAll: 'of the samples',
    byOrigin: 'Samples by origin',
    caption: 'Functions by self and total samples',
    hint: `Self counts samples in the function itself, total adds all it called. ${RECURSION}`,
  },
  inuse_space: {
    name: 'Bytes in use',
    whole: (value) => `${value} in use`,
    byOrigin: 'Bytes in use by origin',
    caption: 'Functions by what they allocated and is in use',
    ...IN_USE,
  },
  inuse_objects: {
    name: 'Objects in use',
    whole: (value) => `${value} objects in use`,
    byOrigin: 'Objects in use by origin',
    caption: 'Functions by the objects they made and are in use',
    ...IN_USE,
  },
  alloc_space: {
    name: 'Bytes allocated',
    whole: (value) => `${value} allocated`,
    byOrigin: 'Bytes allocated by origin',
    caption: 'Functions by what they allocated',
    ...ALLOCATED,
  },
  alloc_objects: {
    name: 'Objects allocated',
    whole: (value) => `${value} objects allocated`,
    byOrigin: 'Objects allocated by origin',
    caption: 'Functions by the objects they made',
    ...ALLOCATED,
  },
  delay: {
    name: 'Waiting time',
    whole: (value) => `${value} of waiting`,
    longest: longestWait,
    byOrigin: 'Waiting time by origin',
    caption: 'Functions by waiting time',
    ...WAITED,
  },
  blocking: {
    name: 'Blocking',
    whole: (value) => `${value} of others waiting`,
    ofAll: 'of the blocking',
    byOrigin: 'Blocking by origin',
    caption: 'Functions by how long others waited for them',
    hint: `Self is how long others waited for what the function held, total adds all that it called. ${RECURSION}`,
  },
  blocked: {
    name: 'Waits caused',
    whole: (value) => `${value} waits caused`,
    ofAll: 'of the waits caused',
    byOrigin: 'Waits caused by origin',
    caption: 'Functions by how often others waited for them',
    hint: `Self counts who waited for what the function held, total adds all that it called. ${RECURSION}`,
  },
  held: {
    name: 'Time held',
    whole: (value) => `${value} held`,
    longest: longestHold,
    ofAll: 'of the time held',
    byOrigin: 'Time held by origin',
    caption: 'Functions by how long they held',
    hint: `Self is how long the function held, total adds all that it called. ${RECURSION}`,
  },
  holds: {
    name: 'Holds',
    whole: (value) => `${value} holds`,
    longest: longestHold,
    ofAll: 'of the holds',
    byOrigin: 'Holds by origin',
    caption: 'Functions by how often they held',
    hint: `Self counts how often the function held, total adds all that it called. ${RECURSION}`,
  },
  contentions: {
    name: 'Waits',
    whole: (value) => `${value} waits`,
    longest: longestWait,
    byOrigin: 'Waits by origin',
    caption: 'Functions by waits',
    ...WAITED,
    ofAll: 'of the waits',
  },
});

const COUNTED = tableOf<PluralForms & { self: string; total: string }>({
  samples: { one: 'sample', other: 'samples', self: 'Self samples', total: 'Samples' },
  inuse_objects: { one: 'object', other: 'objects', self: 'Self objects', total: 'Objects' },
  alloc_objects: { one: 'object', other: 'objects', self: 'Self objects', total: 'Objects' },
  blocked: { one: 'wait caused', other: 'waits caused', self: 'Self waits', total: 'Waits caused' },
  holds: { one: 'hold', other: 'holds', self: 'Self holds', total: 'Holds' },
  contentions: { one: 'wait', other: 'waits', self: 'Self waits', total: 'Waits' },
});

export const viewerMeasures = (f: Formats) => ({
  /** A name of its own is shown as the file has it. */
  measure: (type: string): MeasureWords =>
    MEASURES.get(type) ?? {
      name: type,
      whole: (value) => `${value} (${type})`,
      ofAll: `of ${type}`,
      byOrigin: `${type} by origin`,
      caption: `Functions by ${type}`,
      hint: `Self is the function's own part, total adds all it called. ${RECURSION}`,
    },
  counted: (type: string): CountWords => {
    const forms = COUNTED.get(type) ?? { other: type, self: `Self ${type}`, total: type };
    return {
      count: (value) => f.count(value, forms),
      selfColumn: forms.self,
      totalColumn: forms.total,
    };
  },
  in: (value: string, count: string) => `${value} in ${count}`,
});
