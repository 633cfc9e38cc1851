import type { Formats } from '../../_format/formats.ts';

const SAMPLES = { one: 'sample', other: 'samples' };
const FUNCTIONS = { one: 'function', other: 'functions' };
const STACKS = { one: 'call', other: 'calls' };

export const viewer = (f: Formats) => ({
  label: 'CPU profile',
  anonymous: '(anonymous)',
  everything: 'all',
  samples: (count: number) => f.count(count, SAMPLES),
  milliseconds: (micros: number) => f.milliseconds(micros / 1000),
  share: (fraction: number) => f.share(fraction),

  loading: {
    title: 'Reading the profile',
    received: (received: string, total: string) => `${received} of ${total}`,
    opening: 'Opening…',
  },
  failed: {
    title: 'This profile cannot be shown',
    noAnswer:
      'The server stopped answering while the profile was on its way. Nothing is lost: it is kept as it came.',
    refused: (status: number) =>
      `The server answered with status ${f.number(status)} instead of the profile.`,
    crashed: 'Reading it took more than this browser has to give, most likely memory.',
    next: (fileName: string) =>
      `You can try again, or download ${fileName} and open it in Chrome DevTools (Performance, Load profile).`,
    retry: 'Try again',
  },
  empty: {
    title: 'Nothing was sampled',
    detail:
      'The recording holds no samples. It was most likely ended at once; take it again for some seconds.',
    onlyIdle: 'The thread was idle the whole time',
    onlyIdleDetail: (idle: string) =>
      `All ${idle} of the recording the thread waited for something to do. Take it again under load, or show the idle time.`,
    showIdle: 'Show idle time',
  },

  views: { label: 'View', flame: 'Flame graph', top: 'Functions', both: 'Both' },
  search: 'Search functions and files',
  pattern: 'Search by regular expression',
  matches: (functions: number, share: string) =>
    functions === 0 ? 'No match' : `${f.count(functions, FUNCTIONS)}, ${share} of the time`,
  invalidPattern: (reason: string) => `Not a regular expression yet: ${reason}`,
  patternTooSlow: 'This expression took too long and was stopped. Try a simpler one.',
  patternFailed: 'This expression could not be searched for. Try a simpler one.',
  nextMatch: 'Next match (n)',
  previousMatch: 'Previous match (N)',
  includeIdle: 'Idle time',
  includeIdleTitle: (idle: string) =>
    `The thread had nothing to do for ${idle}. Counted, shares are of the whole recording.`,
  rootBelow: 'Root below',
  rootBelowTitle: 'Callers below and callees above them, as flames stand',
  resetZoom: 'Show everything',
  zoomedTo: 'Zoomed to',
  hiddenCallers: (count: number) => `${f.count(count, { one: 'caller', other: 'callers' })} between`,

  tree: {
    label: 'Calls, from the root',
    hint: 'Arrow keys move between caller, callee and neighbours; Enter zooms, Escape shows everything, n and N go through matches.',
    item: (name: string, total: string, self: string, place: string) =>
      `${name}, total ${total}, self ${self}${place === '' ? '' : `, ${place}`}`,
    root: (total: string) => `Everything, ${total}`,
  },
  keys: {
    title: 'In the flame graph',
    move: 'Move between caller, callee and neighbours',
    zoom: 'Zoom to the box',
    showAll: 'Show everything',
    matches: 'Next and previous match',
    search: 'Search functions and files',
  },
  facts: {
    self: 'self',
    total: 'total',
    native: 'native code, no source',
    narrow: (count: number) =>
      `and ${f.count(count, STACKS)} beside it, too narrow to draw; zoom in to see them`,
    point: 'Point at a box, or move with the arrow keys. Ctrl with the wheel zooms, dragging moves.',
    touch: 'Tap zooms to a box. One finger moves, two zoom.',
    whole: (time: string, samples: string) => `${time} in ${samples}`,
    idleLeftOut: (idle: string) => `${idle} idle not counted`,
  },
  origins: {
    label: 'Self time by origin',
    own: 'own code',
    package: 'packages',
    runtime: 'Node.js',
    native: 'native',
    garbageCollector: 'garbage collection',
    idle: 'idle',
  },
  narrowBoxes: 'several, too narrow to draw',
  /** Said of a whole frame in the picture that V8 itself names. */
  states: {
    program: 'Native code of the process that V8 attributes to no function.',
    idle: 'The thread had nothing to do.',
    garbageCollector: 'V8 was collecting garbage.',
  },
  table: {
    caption: 'Functions by self and total time',
    hint: 'Self is the time in the function itself, total adds all it called. Recursion counts once.',
    columns: {
      self: 'Self',
      total: 'Total',
      selfSamples: 'Self samples',
      totalSamples: 'Samples',
      name: 'Function',
    },
    nothing: 'No function matches the search.',
    count: (shown: number, all: number) =>
      shown === all ? f.count(all, FUNCTIONS) : `${f.number(shown)} of ${f.count(all, FUNCTIONS)}`,
  },
});
