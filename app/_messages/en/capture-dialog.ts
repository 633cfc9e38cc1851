import type { TraceCategory } from '../../_capture/trace-categories.ts';
import type { Formats } from '../../_format/formats.ts';

const CORES = { one: 'core', other: 'cores' };
const INSTANCES = { one: 'instance', other: 'instances' };

/** The dialog that starts captures. */
export const captureDialog = (f: Formats) => ({
  titleOf: (name: string) => `Capture of ${name}`,
  question: 'What do you want to know?',
  unavailable: 'Not available here',
  allUnavailable: 'No capture is available',

  price: {
    title: 'Expected cost',
    pause: 'Pause at start',
    endPause: 'Pause at end',
    loss: 'Throughput',
    lossValue: (share: string) => `−${share}`,
    cpu: 'CPU',
    cpuValue: (cores: number) => `${f.cores(cores)} ${f.plural(cores, CORES)}`,
    memory: 'Memory',
    size: 'File',
    none: 'none',
    current: 'Asked of the instance just now.',
    highestOf: (count: number) => `The highest of ${f.count(count, INSTANCES)}, asked just now.`,
    asking: 'As last told; asking for the price of this moment…',
    old: 'As last told; not every instance could be asked just now.',
  },

  duration: 'Record for',
  durationWatch: 'Watch for',
  durationCustom: 'Other',
  durationCustomLabel: 'Duration in seconds',
  durationInvalid: (least: string, most: string) => `Give a duration from ${least} to ${most}.`,
  looksOnce: 'It looks once and takes as long as it takes: there is no duration to choose.',

  interval: 'A sample every',
  intervalBytes: 'A sample every',
  /** Distances are powers of two, and are read as such. */
  intervalBytesValue: (bytes: number) => `${f.number(bytes / 1024, 1)} KiB allocated`,
  samples: (count: number) => `about ${f.number(count)} samples`,
  sampleEvery: 'Follow',
  sampleEveryUsual: 'as many as the agent chooses',
  sampleEveryValue: (every: number) => (every === 1 ? 'every operation (slow)' : `1 in ${f.number(every)}`),
  categories: 'What to trace, beside event loops and garbage collection',
  categoryNames: {
    'node.http': 'HTTP requests, as Node tells them',
    'node.perf': 'Marks and measures',
    'node.environment': 'Phases of the event loop',
    'node.fs.sync': 'Files, synchronous',
    'node.fs.async': 'Files, asynchronous',
    'node.dns.native': 'DNS',
    'node.net.native': 'Network, native',
    'node.threadpoolwork.async': 'Thread pool',
    'node.promises.rejections': 'Rejected promises',
    'node.console': 'Console',
    'node.vm.script': 'Scripts compiled',
    'disabled-by-default-v8.gc': 'Garbage collection in detail',
  } satisfies Record<TraceCategory, string>,
  keepStrings: 'Keep the contents of strings',
  keepStringsOff:
    'Contents of strings are replaced by their length before a byte leaves the process. Names of classes, properties and functions stay.',
  keepStringsOn:
    'Passwords, tokens and what players typed leave the process with it, and can be read by everybody who can open this capture.',

  consentTitle: 'This stops the service',
  consentOf: (names: string[], sentence: string) => `${f.list(names)}: ${sentence}`,
  consent: (pause: string) => `I agree that it stands still for about ${pause}`,
  consentUnknown: 'I agree that it stands still for that long',

  thread: 'Thread',
  threadMain: 'main',
  target: 'Instances',
  targetBusiest: 'The busiest',
  targetBusiestHint: 'The connected instance whose main thread uses the most CPU',
  targetOne: 'One',
  targetSelected: (count: number) => `The ${f.number(count)} selected`,
  targetAll: (count: number) => `All ${f.number(count)}`,
  instance: 'Instance',
  notOnAll: (count: number) =>
    `${f.count(count, INSTANCES)} cannot take it and ${count === 1 ? 'is' : 'are'} left out.`,

  remarks: 'What to know',
  more: 'Limits',
  budgetDetail: 'Beyond any of these it ends by itself, keeps what it has and says so.',
  budget: {
    pauseMs: 'Pause, ms',
    threadShare: 'Share of the thread, %',
    cpuCores: 'CPU beside it, cores',
    memoryBytes: 'Memory, MB',
  },
  budgetInvalid: (least: string, most: string) => `Give a figure from ${least} to ${most}, or nothing.`,

  note: 'Note',
  noteHint: 'Why it is taken (optional)',
  start: 'Start',
  startOn: (count: number) => `Start on ${f.count(count, INSTANCES)}`,
  starting: 'Starting…',
  consentMissing: 'It begins when the pause is agreed to.',
  someFailed: (failed: number, all: number) =>
    `${f.number(failed)} of ${f.number(all)} could not be started:`,
  viewStarted: (count: number) => `View the ${f.number(count)} that started`,
});
