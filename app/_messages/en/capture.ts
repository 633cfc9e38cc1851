import type { Formats } from '../../_format/formats.ts';
import { captureKinds } from './capture-kinds.ts';

const CORES = { one: 'core', other: 'cores' };
const INSTANCES = { one: 'instance', other: 'instances' };
const CAPTURES = { one: 'capture', other: 'captures' };

/** "a heap profile", "an activity": terms begin a sentence elsewhere, and stay as they are when they are names. */
function article(term: string): string {
  const inside = /^[A-Z][a-z]/.test(term) ? `${term.charAt(0).toLowerCase()}${term.slice(1)}` : term;
  return `${/^[aeiou]/i.test(inside) ? 'an' : 'a'} ${inside}`;
}

/** By the word of docs/errors.md; for all others it may be worth another try. */
const failedHints: Record<string, string> = {
  'instance-ended': 'Capture the instance that took its place.',
  'agent-stopping': 'Capture the instance that takes its place.',
  'thread-ended': 'Capture another thread: this one is gone.',
  'disk-full': 'Free some space in the temporary folder of the instance, then take it again.',
  'artifact-unwritable': 'Look at the permissions of the temporary folder of the instance.',
  'artifact-too-large':
    'Record for a shorter time, or raise OPSCENTER_ARTIFACT_MAX_BYTES, in the agent OPSCENTER_AGENT_ARTIFACT_MB.',
  'storage-full': 'Delete captures or unpin some, then take it again.',
  'not-enough-memory': 'A sampled profile needs next to none of it. Or give the instance more memory.',
  'snapshot-child-killed': 'The service was not touched. A sampled profile needs next to no memory.',
  'snapshot-child-failed': 'The service was not touched. Take it again, or take a sampled profile.',
  'over-budget': 'Give it higher limits, or take what costs less.',
  'kind-unavailable': 'The sentence says why it does not work there.',
  'agent-refused': 'The sentence is the agent’s own.',
  'agent-protocol': 'Look at the version of that agent, and distrust that instance until it is known.',
};

export const capture = (f: Formats) => ({
  kinds: captureKinds,
  captures: (count: number) => f.count(count, CAPTURES),
  capturesNoun: (count: number) => f.plural(count, CAPTURES),
  titleOf: (kind: string, instance: string) => `${kind} of ${instance}`,

  states: {
    queued: 'queued',
    starting: 'starting',
    waiting: 'waiting',
    recording: 'recording',
    writing: 'writing',
    transferring: 'transferring',
    interrupted: 'interrupted',
    complete: 'complete',
    failed: 'failed',
    cancelled: 'cancelled',
  },

  sentence: {
    queued: (ahead: number) =>
      ahead === 0
        ? 'Queued: next to start as soon as one that runs has ended.'
        : `Queued: ${f.count(ahead, CAPTURES)} before it.`,
    starting: 'Starting: the instance is being asked.',
    waiting:
      'Waiting: the thread is inside a native call, which nothing can interrupt. Recording begins when the call returns.',
    recording: (remaining: string) => `Recording: ${remaining} left.`,
    recordingEnds: 'Recording: about to end.',
    recordingStuck: (remaining: string) =>
      `Recording a thread that does not answer: ${remaining} left. Its loop will own the widest stack.`,
    looking: 'Looking: the instance takes it in a moment.',
    writing: 'Writing: the instance is putting the result together.',
    written: (written: string) => `Writing: ${written} so far.`,
    writtenOf: (written: string, expected: string, left: string | undefined) =>
      `Writing: ${written} of about ${expected}${left === undefined ? '.' : `, about ${left} left.`}`,
    transferring: (received: string, total: string) => `Transferring: ${received} of ${total}.`,
    interrupted: (during: string, left: string) =>
      `Interrupted while ${during}: the instance cannot be reached. It goes on by itself when the connection is back, within ${left}.`,
    interruptedOver: 'Interrupted: the instance cannot be reached. The server is about to give it up.',
    stopping: 'Ending early; what was recorded is kept.',
    cancelling: 'Cancelling; what was recorded is discarded.',
    cancelled: (title: string) => `${title} was cancelled. Nothing was kept.`,
    failed: (title: string) => `${title} failed.`,
    complete: (kind: string, instance: string, recorded: string, thread: string) =>
      `${kind} of ${instance}: ${recorded} of its ${thread} thread.`,
    completeWhole: (kind: string, instance: string, size: string) => `${kind} of ${instance}: ${size}.`,
    completeActivity: (kind: string, instance: string, watched: string, thread: string) =>
      `${kind} of ${instance}: what its ${thread} thread had pending, after watching for ${watched}.`,
    completeTrace: (kind: string, instance: string, recorded: string) =>
      `${kind} of ${instance}: ${recorded} of the whole process.`,
    redacted: 'The contents of strings were taken out before it left the process.',
    notRedacted: 'It holds the contents of strings: whoever opens it can read what was in memory.',
    endedStopped: 'It was ended early by hand.',
    endedLimit: 'It ended early at a limit.',
    endedBudget: 'It ended by itself, because it cost more than it may.',
    endedThread: 'The thread ended meanwhile.',
    unresponsive:
      'The thread did not answer when recording began: the function at the end of the widest stack is what it is stuck in.',
  },
  during: {
    starting: 'starting',
    waiting: 'waiting',
    recording: 'recording',
    writing: 'writing',
    transferring: 'transferring',
  },
  /** What to do next about a capture that failed. */
  failedHint: (code: string) => failedHints[code] ?? 'You can take it again.',
  again: 'Take again…',
  meanwhile: 'The instance meanwhile',

  progress: (kind: string, instance: string) => `Progress of ${kind} of ${instance}`,
  remaining: (left: string) => `${left} left`,
  stop: 'Stop and keep',
  stopTitle: 'End the recording now and keep what there is',
  cancel: 'Cancel and discard',
  cancelTitle: 'End it and keep nothing',
  steps: {
    label: 'Steps',
    queued: 'Queue',
    starting: 'Start',
    recording: 'Record',
    writing: 'Write',
    transferring: 'Transfer',
    complete: 'Done',
  },

  /** Why the button is there and cannot be pressed. */
  noneOffered: 'None of the chosen instances is connected and offers a capture.',
  /** What a capture is expected to cost, in few words each. */
  price: {
    pause: (pause: string) => `${pause} pause`,
    endPause: (pause: string) => `${pause} pause at its end`,
    noPause: 'no pause',
    loss: (share: string) => `${share} slower`,
    cpu: (cores: string) => `${cores} CPU`,
    memory: (bytes: string) => `+${bytes}`,
    size: (bytes: string) => `${bytes} file`,
    unknown: 'no estimate of its cost',
  },
  wholeReason: 'The whole reason',
  insteadOf: (term: string) => `Take ${article(term)} instead`,

  list: {
    title: 'Captures',
    sentence: (all: number, running: number) =>
      all === 0
        ? 'Nothing has been captured yet.'
        : running === 0
          ? `${f.count(all, CAPTURES)}, none in progress.`
          : `${f.count(all, CAPTURES)}, ${f.number(running)} in progress.`,
    sentenceMore: (loaded: number, running: number) =>
      running === 0
        ? `The newest ${f.count(loaded, CAPTURES)}, none in progress.`
        : `The newest ${f.count(loaded, CAPTURES)}, ${f.number(running)} in progress.`,
    empty: 'Nothing has been captured yet.',
    emptyDetail: 'Open a service and choose Capture, or press Ctrl K and type “profile”.',
    emptyHere: 'Nothing has been captured here yet.',
    filter: 'Filter captures',
    service: 'Service',
    allServices: 'All services',
    kind: 'Kind',
    allKinds: 'All kinds',
    state: 'State',
    allStates: 'All states',
    stateRunning: 'in progress',
    pinnedOnly: 'Pinned',
    since: (moment: string) => `Requested since ${moment}`,
    clearSince: 'Show older ones as well',
    caption: 'Captures, newest first unless sorted otherwise',
    columns: {
      pinned: 'Pinned',
      requested: 'Requested',
      kind: 'Kind',
      service: 'Service',
      instance: 'Instance',
      version: 'Version',
      state: 'State',
      duration: 'Duration',
      size: 'Size',
      note: 'Note',
      by: 'By',
    },
    pinned: 'pinned',
  },

  /** Several captures side by side, or as one. */
  together: {
    compare: 'Compare',
    compareWith: 'Compare with…',
    merge: (count: number) => `Merge ${f.number(count)}`,
    clear: 'Clear selection',
    hint: 'Select captures to compare or merge them.',
    compareTakesTwo: 'Two are compared at a time.',
    reasons: {
      notSampled: (term: string) =>
        `${article(term).replace(/^a/, 'A')} is no sampled profile: only CPU, heap, allocation, wait and lock profiles can be compared and merged.`,
      unlike: (terms: string[]) =>
        `${f.list(terms)} measure different things. Choose captures of one kind to compare or merge them.`,
      incomplete: (count: number, all: number) =>
        count === all
          ? 'None of them is complete.'
          : `${f.number(count)} of ${f.number(all)} ${count === 1 ? 'is' : 'are'} not complete.`,
      tooMany: (count: number, most: number) =>
        `${f.number(count)} are more than the ${f.number(most)} that are merged at a time.`,
      tooFew: 'Choose another one to compare or merge it with.',
    },
    /** Said of captures that were started together. */
    started: (kind: string, count: number) => `${kind} of ${f.count(count, INSTANCES)}, taken together.`,
    startedWaiting: (kind: string, done: number, count: number) =>
      `${kind} of ${f.count(count, INSTANCES)}, taken together: ${f.number(done)} complete so far.`,
    seeMerged: 'See all as one, and which is odd',
  },

  page: {
    notFound: 'This capture does not exist.',
    notFoundDetail: 'It was deleted by hand, or retention removed it. Pinned captures are never removed.',
    deleted: 'This capture was deleted.',
    facts: 'Facts',
    fact: {
      kind: 'Kind',
      service: 'Service',
      version: 'Version',
      instance: 'Instance',
      thread: 'Thread',
      requested: 'Requested',
      by: 'By',
      duration: 'Recorded',
      asked: 'Asked for',
      interval: 'Sampled every',
      size: 'Size',
      pause: 'Pause at start',
      sampleEvery: 'Followed',
      categories: 'Categories',
      redacted: 'Strings',
      sha: 'SHA-256',
      expires: 'Kept until',
      id: 'Id',
    },
    cost: {
      title: 'What it cost',
      announced: 'Announced',
      measured: 'Measured',
      startPause: 'Pause at start',
      worstPause: 'Longest pause meanwhile',
      usual: (usual: string) => `(before: ${usual})`,
      stopPause: 'Pause at end',
      share: 'Throughput, share of the thread',
      cpu: 'CPU beside the thread',
      cores: (cores: number) => `${f.cores(cores)} ${f.plural(cores, CORES)}`,
      memory: 'Memory',
      size: 'Size',
      packed: (bytes: string) => `(${bytes} on the wire)`,
    },
    sampleEvery: (every: number) => (every === 1 ? 'every operation' : `1 operation in ${f.number(every)}`),
    intervalBytes: (bytes: number) => `${f.number(bytes / 1024, 1)} KiB allocated`,
    redacted: 'contents taken out',
    notRedacted: 'contents kept',
    remarks: 'What to know',
    keptForever: 'for good, it is pinned',
    ofAsked: (recorded: string, asked: string) => `${recorded} of ${asked}`,
    pin: 'Pin',
    pinned: 'Pinned',
    pinTitle: 'Keep it for good: retention leaves pinned captures alone',
    unpinTitle: 'Let retention remove it in time',
    pinDone: 'Pinned: it is kept for good',
    unpinDone: 'No longer pinned',
    note: 'Note',
    addNote: 'Add a note',
    editNote: 'Edit the note',
    notePlaceholder: 'What was found, or why it was taken',
    saveNote: 'Save',
    dropNote: 'Discard',
    noteSaved: 'Note saved',
    download: 'Download',
    downloads: {
      v8: (ending: string) => `V8 (.${ending})`,
      v8Title: 'As it came from the instance; opens in Chrome DevTools',
      pprof: 'pprof (.pb.gz)',
      pprofTitle: 'Opens with go tool pprof',
      collapsed: 'Stacks (.folded)',
      collapsedTitle: 'Collapsed stacks, a line each: for flame graph tools, grep and awk',
      speedscope: 'speedscope',
      speedscopeTitle: 'Opens at speedscope.app; a CPU profile keeps its order in time',
      trace: 'Trace (.json)',
      traceTitle: 'As it came from the instance; opens in Perfetto and chrome://tracing',
      activity: 'Activity (.json)',
      activityTitle: 'As it came from the instance',
      text: 'Text (.txt)',
      textTitle: 'To be read as it is, in the spirit of a dump of goroutines',
    },
    share: 'Copy link',
    delete: 'Delete',
    deleteTitle: (title: string) => `Delete ${title}?`,
    deleteBody: (size: string) =>
      `Its ${size} are removed from the server for good. The audit keeps that it was taken and deleted.`,
    deleteBodyEmpty: 'Its record is removed. The audit keeps that it was requested and deleted.',
    deletePinned: 'It is pinned: someone wanted it kept.',
    deleteConfirm: 'Delete for good',
    keep: 'Keep it',
    viewer: 'Profile',
    viewerLoading: 'Loading the viewer…',
    viewerFailed:
      'The viewer could not be shown. If the server stopped answering or was replaced, load the page again once it is back: the address keeps what you see.',
    viewerUnsupported: 'This kind is not drawn here. Download it and open it with its own tool.',
    more: 'All facts',
    less: 'Fewer facts',
  },
});
