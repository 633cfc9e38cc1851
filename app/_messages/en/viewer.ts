import type { Formats } from '../../_format/formats.ts';
import { valueIn, viewerMeasures } from './viewer-measures.ts';

const FUNCTIONS = { one: 'function', other: 'functions' };
const FILES = { one: 'file', other: 'files' };
const PACKAGES = { one: 'package', other: 'packages' };
const STACKS = { one: 'call', other: 'calls' };

const LABELS: Record<string, string> = {
  cpu: 'CPU profile',
  heap: 'Heap profile',
  allocation: 'Allocation profile',
  wait: 'Wait profile',
  lock: 'Lock profile',
};

const OPENED_BY: Record<string, string> = {
  'application/vnd.v8.cpuprofile+json': 'in Chrome DevTools (Performance, Load profile)',
  'application/vnd.v8.heapprofile+json': 'in Chrome DevTools (Memory, Load profile)',
  'application/vnd.pprof+gzip': 'with go tool pprof',
};

const NOTHING_SAMPLED = {
  title: 'Nothing was sampled',
  detail: 'The recording holds no samples. It was most likely ended at once; take it again for some seconds.',
};
const EMPTY: Record<string, { title: string; detail: string }> = {
  heap: {
    title: 'Nothing that is in use was sampled',
    detail:
      'What was allocated during the recording was freed again, or was too little to be sampled. Take it for longer, or with a shorter distance of samples.',
  },
  allocation: {
    title: 'Nothing was allocated',
    detail:
      'Or too little to be sampled. Take it again under load, for longer, or with a shorter distance of samples.',
  },
  wait: {
    title: 'Nothing waited',
    detail: 'No asynchronous operation that can be followed was under way. Take it again under load.',
  },
  lock: {
    title: 'Nothing waited for a lock',
    detail: 'Whoever wanted a lock or a place in a pool got it at once. Take it again under load.',
  },
};

export const viewer = (f: Formats) => ({
  label: (kind: string | undefined) => LABELS[kind ?? ''] ?? 'Profile',
  anonymous: '(anonymous)',
  everything: 'all',
  value: (amount: number, unit: string) => valueIn(f, amount, unit),
  measures: viewerMeasures(f),
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
    noProfile: (mediaType: string) => `It is of the type ${mediaType}, which is no sampled profile.`,
    next: (fileName: string, mediaType: string) =>
      `You can try again, or download ${fileName} and open it ${OPENED_BY[mediaType] ?? 'with a tool of its own'}.`,
    retry: 'Try again',
    fileGone:
      'The browser could not read it: it was moved, changed or removed after it was chosen, or it is a folder.',
    noCode:
      'A part of the viewer that reads this file did not come: the server stopped answering, or was replaced by a newer one. Load the page again.',
    emptyFile: 'The file is empty: whatever wrote it was ended before it wrote anything.',
    nextFile: 'Drop it here once more or choose another file; nothing was uploaded, and nothing was changed.',
  },
  empty: {
    of: (kind: string | undefined) => EMPTY[kind ?? ''] ?? NOTHING_SAMPLED,
    withLabels: 'Nothing has these labels',
    withLabelsDetail: 'No sample that has all the labels chosen has a part in what is shown.',
    showAll: 'Show all samples',
    inTime: 'Nothing happened in this time',
    inTimeDetail: 'No sample of the part of the recording that was chosen has a part in what is shown.',
    showWhole: 'Show the whole recording',
    leftOut: 'Nothing is left',
    leftOutDetail: 'What was done to the stacks leaves none of the samples that are shown.',
    onlyIdle: 'The thread was idle the whole time',
    onlyIdleDetail: (idle: string) =>
      `All ${idle} of the recording the thread waited for something to do. Take it again under load, or show the idle time.`,
    showIdle: 'Show idle time',
  },

  threads: 'Thread or profile',
  unnamedThread: '(no name)',
  valueTypes: 'What is shown',
  labels: {
    label: 'Show only',
    by: 'by',
    key: 'Choose by',
    all: 'all',
    letIn: (key: string, value: string) => `Only ${key}: ${value}. Show all again`,
    none: '(empty)',
    without: '(without this label)',
    isValue: 'value of a label',
    groupBy: (key: string) => `Group by ${key}`,
    groupByTitle: (key: string) => `A level below the root with the values of ${key}`,
    more: (count: number) => `${f.number(count)} more`,
    fewer: 'Fewer',
    leftOut: (count: number) => `and ${f.number(count)} with less`,
  },
  views: {
    label: 'View',
    flame: 'Flame graph',
    time: 'Time',
    callers: 'Callers',
    sandwich: 'Sandwich',
    top: 'Table',
    both: 'Both',
  },
  viewTitles: {
    flame: 'What called what, from the root; equal calls are one box',
    time: 'What was on the stack when; each call is a box of its own',
    callers: 'The other way round: what took time itself, and who called it',
    sandwich: 'One function: its callers above it, its callees below',
    top: 'Functions, files or packages as a table, by self and total',
    both: 'The flame graph and the table',
  },
  search: 'Search functions and files',
  pattern: 'Search by regular expression',
  matches: (functions: number, share: string, ofAll: string) =>
    functions === 0 ? 'No match' : `${f.count(functions, FUNCTIONS)}, ${share} ${ofAll}`,
  invalidPattern: (reason: string) => `Not a regular expression yet: ${reason}`,
  patternTooSlow: 'This expression took too long and was stopped. Try a simpler one.',
  patternFailed: 'This expression could not be searched for. Try a simpler one.',
  nextMatch: 'Next match (n)',
  previousMatch: 'Previous match (N)',
  options: {
    button: 'View',
    changed: (count: number) => `View · ${f.number(count)}`,
    title: 'How the picture is drawn and what counts',
    colours: 'Colours',
  },
  sandwich: {
    choose: 'Put another function in the middle',
    found: 'Found:',
    heaviest: 'Most self:',
  },
  colourings: { origin: 'by package', file: 'by file', own: 'own code' },
  transforms: {
    applied: 'Applied, in this order',
    onlyOwn: 'Only my code',
    onlyOwnTitle: 'Packages, Node.js and native code are hidden; what they took is their callers’',
    collapseRecursion: 'Collapse recursion',
    collapseRecursionTitle: 'A function that calls itself is one box',
    recursionCollapsed: 'Recursion collapsed',
    noFile: 'no file',
    steps: {
      hide: (name: string) => `Hidden: ${name}`,
      collapse: (name: string) => `Collapsed: ${name}`,
      focus: (name: string) => `Focus: ${name}`,
      drop: (name: string) => `Without: ${name}`,
    },
    takeBack: (step: string) => `${step}. Take it back`,
    takeAllBack: 'Take all back',
    leftOut: (value: string, share: string) => `Leaves out ${value} (${share})`,
  },
  menu: {
    label: (name: string) => `What can be done with ${name}`,
    button: 'Actions',
    focus: 'Focus on function',
    sandwich: 'Show callers and callees',
    inTable: 'Show in table',
    hide: 'Hide function',
    hideFile: 'Hide file',
    hidePackage: 'Hide package',
    collapse: 'Collapse what it calls',
    collapsePackage: 'Collapse package',
    drop: 'Leave out stacks with it',
    group: { focus: 'Focus on it', hide: 'Hide', collapse: 'Collapse', drop: 'Leave out stacks with it' },
    copyName: 'Copy name',
    copyStack: 'Copy stack',
    copied: 'Copied',
  },
  export: {
    button: 'Export',
    title: 'Take along what is shown',
    png: 'Picture (PNG)',
    svg: 'Picture (SVG)',
    collapsed: 'Collapsed stacks',
    speedscope: 'speedscope JSON',
    pprof: 'pprof of what is shown',
    failed: 'It could not be written: it is too large for this browser.',
    merged: (count: number, value: string) => `${f.count(count, STACKS)}, too narrow to draw: ${value}`,
  },
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
    callers: 'Callers, from what took it itself',
    callersOf: (name: string) => `Callers of ${name}`,
    calleesOf: (name: string) => `What ${name} calls`,
    hint: 'Arrow keys move between caller, callee and neighbours; Enter zooms, Escape shows everything, n and N go through matches.',
    item: (name: string, total: string, self: string, place: string) =>
      `${name}, total ${total}, self ${self}${place === '' ? '' : `, ${place}`}`,
    caller: (name: string, total: string, place: string) =>
      `${name}, total ${total}${place === '' ? '' : `, ${place}`}`,
    root: (total: string) => `Everything, ${total}`,
  },
  keys: {
    title: 'In the flame graph',
    move: 'Move between caller, callee and neighbours',
    zoom: 'Zoom to the box',
    showAll: 'Show everything',
    menu: 'What can be done with the chosen call',
    matches: 'Next and previous match',
    source: 'Open and close the source',
    search: 'Search functions and files',
  },
  facts: {
    self: 'self',
    total: 'total',
    native: 'native code, no source',
    narrow: (count: number) =>
      `and ${f.count(count, STACKS)} beside it, too narrow to draw; zoom in to see them`,
    ofEverything: (share: string) => `· ${share} of everything`,
    goesOn: 'It has callers too light to be drawn, which are left out.',
    point: 'Point at a box, or move with the arrow keys. Ctrl with the wheel zooms, dragging moves.',
    touch: 'Tap zooms to a box. One finger moves, two zoom.',
    allocatedByV8: 'Allocated by V8 itself, with no JavaScript on the stack.',
    idleLeftOut: (idle: string) => `${idle} idle not counted`,
  },
  origins: {
    own: 'own code',
    package: 'packages',
    runtime: 'Node.js',
    native: 'native',
    noSource: 'no source',
    garbageCollector: 'garbage collection',
    idle: 'idle',
  },
  othersCode: 'everything else',
  noFunction: 'no function shown',
  otherFiles: 'other files',
  byFile: 'Self by file',
  /** Several that are read one after the other. */
  parts: {
    title: (count: number) => `Reading ${f.count(count, { one: 'profile', other: 'profiles' })}…`,
    waiting: 'waiting',
    read: 'read',
    failed: 'could not be read',
    of: (received: string, size: string) => `${received} of ${size}`,
    putTogether: 'Putting them together…',
  },
  difference: {
    less: 'less',
    more: 'more',
    /** A difference of two shares. */
    points: (difference: number) => {
      const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
      return `${sign}${f.share(Math.abs(difference)).replace(/\s*%/, '')}\u00a0points`;
    },
    signed: (size: string, sign: number) => `${sign > 0 ? '+' : sign < 0 ? '−' : '±'}${size}`,
    item: (name: string, before: string, after: string, change: string, place: string) =>
      `${name}, ${before} before, ${after} after, ${change}${place === '' ? '' : `, ${place}`}`,
  },
  partMissing:
    'This part of the viewer could not be shown. If the server stopped answering or was replaced, load the page again once it is back: the address keeps what you see.',
  narrowBoxes: 'several, too narrow to draw',
  /** Said of a whole frame in the picture that V8 itself names. */
  states: {
    program: 'Native code of the process that V8 attributes to no function.',
    idle: 'The thread had nothing to do.',
    garbageCollector: 'V8 was collecting garbage.',
  },
  table: {
    columns: { self: 'Self', total: 'Total' },
    names: { function: 'Function', file: 'File', package: 'Package', callers: 'Function, then its callers' },
    rows: {
      label: 'Rows',
      function: 'Functions',
      file: 'Files',
      package: 'Packages',
      callers: 'Bottom-up',
    },
    captions: {
      file: 'Files by self and total',
      package: 'Packages by self and total',
      callers: 'Functions by self, each with its callers below',
    },
    nothing: {
      function: 'No function matches the search.',
      file: 'No file has a function that matches the search.',
      package: 'No package has a function that matches the search.',
    },
    count: (kind: 'function' | 'file' | 'package', shown: number, all: number) => {
      const forms = { function: FUNCTIONS, file: FILES, package: PACKAGES }[kind];
      return shown === all ? f.count(all, forms) : `${f.number(shown)} of ${f.count(all, forms)}`;
    },
    closeAll: 'Close all',
    callersHint: 'A row below another is a caller, with its part of what was taken.',
  },
});
