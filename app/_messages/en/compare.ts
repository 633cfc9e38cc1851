import type { Formats } from '../../_format/formats.ts';

const CAPTURES = { one: 'capture', other: 'captures' };
const INSTANCES = { one: 'instance', other: 'instances' };
const FUNCTIONS = { one: 'function', other: 'functions' };

/** The pages that compare and merge captures. */
export const compare = (f: Formats) => ({
  compare: 'Compare',
  merge: 'Merge',
  before: 'Before',
  after: 'After',
  version: (version: string) => `version ${version}`,

  choose: {
    title: 'What is to be compared?',
    titleOf: (title: string) => `Compare ${title} with what?`,
    titleBefore: 'What was before?',
    titleAfter: 'What was after?',
    list: 'Captures to choose from',
    filter: 'Filter captures',
    none: 'There is no capture to compare it with yet.',
    noneDetail: (kind: string) =>
      `Only captures of the same kind can be compared. Take another ${kind}, of another instance, version or time.`,
    nothing: 'Nothing sampled has been captured yet.',
    nothingDetail:
      'CPU, heap, allocation, wait and lock profiles can be compared. Open a service and choose Capture.',
    nothingMatches: 'Nothing matches.',
    columns: {
      capture: 'Capture',
      kind: 'Kind',
      service: 'Service',
      instance: 'Instance',
      version: 'Version',
      requested: 'Requested',
      duration: 'Recorded',
      differs: 'Differs in',
      pick: '',
    },
    differs: { service: 'service', version: 'version', instance: 'instance', thread: 'thread' },
    differsInTime: 'time alone',
    pick: (title: string) => `Compare with ${title}`,
    pickFirst: (title: string) => `Choose ${title}`,
    pickShort: 'Compare',
    pickFirstShort: 'Choose',
    files: 'Or compare files: drop two on this page.',
    fileChosen: (name: string) => `${name} is one of them. Drop or choose the other.`,
    chooseFile: 'Choose a file…',
    file: 'File',
    letGo: 'Let go to compare',
    notAFile: 'What was dropped is no file. Drop one from your file manager, or choose it by the button.',
    tooManyFiles: (count: number) => `${f.number(count)} files were dropped; two are compared at a time.`,
  },

  cannot: {
    title: 'These cannot be compared',
    mergeTitle: 'These cannot be merged',
    unlike: (before: string[], after: string[]) =>
      `One measures ${f.list(before)}, the other ${f.list(after)}. Only profiles that measure the same can be compared.`,
    missing: (id: string) =>
      `${id} does not exist: it was deleted by hand, or retention removed it. Choose another one.`,
    tooMany: (count: number, most: number) =>
      `The link names ${f.count(count, CAPTURES)}; ${f.number(most)} are put together at a time. Choose fewer.`,
    noCaptures: 'The link names no captures.',
    noCapturesDetail: 'Choose two or more in the list of captures, then Merge.',
    toList: 'To the captures',
    crashed: 'Reading them took more than this browser has to give, most likely memory.',
    noneRead: 'None of them could be read.',
    oneSideUnread: (side: string) => `${side} could not be read.`,
  },

  facts: {
    caption: 'What is compared',
    columns: {
      side: '',
      service: 'Service',
      version: 'Version',
      instance: 'Instance',
      requested: 'Requested',
      duration: 'Recorded',
      whole: 'In all',
      change: '',
    },
    several: (count: number) => `${f.count(count, CAPTURES)} together`,
    instances: (count: number) => f.count(count, INSTANCES),
    change: 'Change',
    changeSide: (side: string) => `Change what is ${side.toLowerCase()}`,
    swap: 'Swap',
    swapTitle: 'What was before becomes after, and the other way round',
    inOne: (value: string, count: string) => `${value} in ${count}`,
    fileNote: 'Files stay in this browser: the link restores the view, but not the files.',
    withoutPart: (name: string, reason: string) => `Without ${name}: ${reason}`,
  },

  view: {
    label: 'Comparison',
    as: 'Shown as',
    diff: 'One difference',
    sides: 'Side by side',
    part: 'Changes in',
    self: 'Self',
    total: 'Total',
    scale: 'Measured in',
    shares: 'Shares',
    sharesTitle:
      'Each side is 100 % of itself: what matters is where it went, whatever the length and the load of the two recordings',
    amounts: 'Amounts',
    amountsTitle: 'As measured: twice the load or twice the time is twice as much',
    sharesHint: 'Each side is 100 % of itself; differences are in percentage points.',
    amountsHint: 'As measured on both sides.',
    width: 'A box is as wide as the mean of both sides.',
    tree: 'Calls of both, from the root',
    treeOf: (side: string, name: string) => `Calls ${side.toLowerCase()}, from the root: ${name}`,
    idle: 'Idle time',
    nothing: 'There is nothing to compare',
    nothingDetail: 'Neither side has anything of what is chosen.',
    showAll: 'Show everything',
  },

  changes: {
    caption: (part: string) => `Biggest changes by ${part.toLowerCase()}`,
    columns: { before: 'Before', after: 'After', change: 'Difference', name: 'Function' },
    orders: {
      label: 'Order',
      size: 'Biggest',
      more: 'Grown',
      less: 'Shrunk',
    },
    nothing: 'No function matches the search.',
    count: (shown: number, all: number) =>
      shown === all ? f.count(all, FUNCTIONS) : `${f.number(shown)} of ${f.count(all, FUNCTIONS)}`,
    chance: 'may be chance',
    chanceTitle: 'So few samples were taken of it that chance alone may have made the difference',
    more: 'more',
    less: 'less',
  },

  sentence: {
    loading: 'What changed?',
    more: (name: string, before: string, after: string) => `${name} grew most, from ${before} to ${after}`,
    less: (name: string, before: string, after: string) => `${name} shrank most, from ${before} to ${after}`,
    /** What the shares are of: "of the time". */
    both: (more: string, less: string, ofAll: string) => `${more}${ofAll}; ${less}.`,
    one: (sentence: string, ofAll: string) => `${sentence}${ofAll}.`,
    /** Both are there, and hardly differ. */
    same: 'Hardly anything differs: no function by more than chance and 0.5 % of everything.',
    of: (ofAll: string) => ` ${ofAll}`,
  },

  merged: {
    /** One instance may have been recorded several times. */
    title: (kind: string, captures: number, instances: number, service: string) =>
      instances === captures
        ? `${kind} of ${f.count(instances, INSTANCES)} of ${service}, as one`
        : `${kind} in ${f.count(captures, CAPTURES)} of ${service}, as one`,
    titleOfServices: (kind: string, count: number) => `${kind} in ${f.count(count, CAPTURES)}, as one`,
    recorded: (each: string) => `${each} recorded of each`,
    odd: (name: string, reason: string) => `${name} is unlike the others: ${reason}.`,
    /** Of all that it did itself, against the mean of the others. */
    takes: (func: string, own: string, elsewhere: string) =>
      `${func} takes ${own} there, elsewhere ${elsewhere}`,
    noOdd: (count: number) => `All ${f.number(count)} are much alike: none stands out.`,
    tooFewForOdd: 'Two as one. Which of two is odd cannot be told; compare them to see how they differ.',
    rankCaption: 'Which is odd: the ones most unlike the others first',
    columns: { name: 'Instance', odd: 'Unlike the others', why: 'Because of' },
    scoreTitle:
      'The part of its self that would have to go to other functions for it to be like the mean of the others. Odd ones above it are not among them.',
    words: {
      alike: 'alike',
      slightly: 'slightly',
      clearly: 'clearly',
      wholly: 'almost wholly',
    },
    against: (own: string, elsewhere: string) => `${own}, elsewhere ${elsewhere}`,
    diff: 'Compare with the others',
    all: (count: number) => `All ${f.number(count)}`,
    fewer: 'Fewer',
  },
});
