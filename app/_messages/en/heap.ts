import type { Formats } from '../../_format/formats.ts';

/** What is less is not nothing, and would read so. */
const LEAST_SHARE = 0.001;

const OBJECTS = { one: 'object', other: 'objects' };
const CLASSES = { one: 'class', other: 'classes' };
const STRINGS = { one: 'text', other: 'texts' };
const CONTENTS = { one: 'string', other: 'strings' };

/** The heap explorer: what fills the memory of a process, and who holds it. */
export const heap = (f: Formats) => ({
  label: 'Heap snapshot',

  opening: {
    title: 'Reading the snapshot',
    titleFromIndex: 'Opening the snapshot from its index',
    titleEarlier: 'Reading the earlier snapshot',
    phases: {
      waiting: 'Waiting for its turn',
      reading: 'Reading objects and references',
      retainers: 'Finding who holds what',
      dominators: 'Finding who alone holds what',
      sizes: 'Adding up what each object keeps alive',
      names: 'Naming objects and classes',
    },
    asking: 'Asking for the snapshot…',
    share: (share: number) => f.percent(share),
    remaining: (ms: number) => `about ${f.duration(Math.max(1, Math.round(ms / 1000)))} to go`,
    memory: (bytes: number) => `${f.bytes(bytes)} of memory so far`,
    cancel: 'Cancel',
    cancelled: 'Reading was cancelled',
    cancelledDetail: 'Nothing is kept of what was read so far; the file itself is as it was.',
    again: 'Read it again',
  },
  failed: {
    title: 'The snapshot cannot be shown',
    next: {
      capture: 'The file itself can be downloaded below; Chrome DevTools may still read it.',
      file: 'Choose another file, or take the snapshot again.',
      earlier: 'Choose another one to compare with.',
    },
    retry: 'Try again',
    crashed:
      'The browser ended the thread that read the snapshot, as a rule because it took more memory than there is. A capture is read by the server, which has more room.',
    fileGone: 'The file was moved, changed or removed while it was read. Choose it again.',
    emptyFile: 'The file is empty.',
    noCode:
      'A part of the explorer did not come: the server does not answer, or was replaced by a newer one. Reload the page.',
  },

  /** What is being done for a question that takes longer than a moment. */
  asking: {
    rows: 'Looking for rows…',
    objects: 'Searching all objects…',
    classes: 'Filtering classes…',
    strings: 'Comparing the texts of all strings…',
    holders: 'Finding who holds them…',
    retained: 'Adding up what it alone keeps alive…',
    path: 'Looking for a way from the root…',
    summary: 'Adding up the heap…',
    suspects: 'Looking for what may be a leak…',
    comparison: 'Comparing the two snapshots…',
    changes: 'Comparing what there was with what there is…',
    cancel: 'Cancel',
    cancelled: 'It was cancelled.',
  },

  head: {
    label: 'The heap in numbers',
    size: 'Heap',
    sizeTitle: 'What all objects take in memory; the file that describes them is of another size',
    objects: 'Objects',
    references: 'References',
    detached: 'Detached',
    detachedTitle:
      'Objects that the runtime reports as cut off from what they belonged to, and that something still holds',
    unreachable: 'Unreachable',
    unreachableTitle: 'What nothing holds any more and was not yet collected when the snapshot was taken',
    categories: 'What the bytes are',
    category: 'Category',
    bytes: 'Size',
    share: 'Share',
    names: {
      code: 'code',
      strings: 'strings',
      arrays: 'arrays',
      'typed arrays': 'typed arrays',
      objects: 'objects',
      closures: 'closures',
      system: 'system',
      other: 'other',
    },
  },

  views: {
    label: 'View',
    suspects: 'Suspects',
    classes: 'Classes',
    dominators: 'Dominators',
    holders: 'Holders',
    strings: 'Strings',
    search: 'Search',
    compare: 'Compare',
  },
  viewTitles: {
    suspects: 'What looks like a leak, the likeliest first',
    classes: 'What there is most of, by class',
    dominators: 'What alone keeps what alive: a row that went would free all that it retains',
    holders: 'Who holds a class or an object: all ways that read alike in one row',
    strings: 'The same text in memory more than once',
    search: 'Objects by class, name, size and distance',
    compare: 'What came, went and grew since an earlier snapshot',
  },

  columns: {
    retained: 'Retained',
    retainedTitle:
      'Bytes that would be free if it were gone: its own, and those of all that it alone keeps alive',
    shallow: 'Shallow',
    shallowTitle: 'Bytes of the object itself',
    distance: 'Distance',
    distanceTitle: 'References on the shortest way from the root',
    count: 'Objects',
    className: 'Class',
    object: 'Object',
    held: 'Holds',
    heldTitle: 'What the objects that are held this way retain',
    heldCount: 'Objects',
    heldCountTitle: 'How many of the objects asked about are held this way',
    holders: 'Holders',
    holdersTitle: 'How many objects of the class hold them',
    way: 'Held by',
    reference: 'Reference',
    copies: 'Copies',
    wasted: 'Wasted',
    wastedTitle: 'What all but one of the copies take',
    total: 'In all',
    text: 'Text',
    newCount: 'New',
    newBytes: 'New size',
    goneCount: 'Gone',
    goneBytes: 'Gone size',
    grownCount: 'Grown',
    grownBytes: 'Growth',
    grownTitle: 'By how much more the objects that were there before retain now',
    before: 'Before',
    after: 'After',
    more: 'Grew by',
    moreTitle: 'By how much more all objects of the class together retain than before; − by how much less',
    retainsNow: 'Retained now',
    moreShallow: 'Shallow by',
    moreShallowTitle: 'By how much larger all objects of the class together are themselves',
    moreCount: 'More',
    moreCountTitle: 'How many objects of the class there are more than before; − how many fewer',
    countBeforeTitle: 'How many objects of the class there were before',
    countAfterTitle: 'How many objects of the class there are now',
    holdsNow: 'Holds now',
    moreHeldTitle:
      'By how much more the objects that are held this way retain than before; − by how much less',
    moreHeldCountTitle: 'How many objects are held this way more than before; − how many fewer',
    heldBeforeTitle: 'How many objects were held this way before',
    heldAfterTitle: 'How many objects are held this way now',
  },

  grid: {
    retry: 'Try again',
    tooLong: (most: number) =>
      `The first ${f.number(most)} rows are listed. Narrow the list by a filter to see the others.`,
    closeAll: 'Close all',
    count: {
      classes: (shown: number) => f.count(shown, CLASSES),
      objects: (shown: number) => f.count(shown, OBJECTS),
      strings: (shown: number) => f.count(shown, STRINGS),
    },
    keysTree: 'Arrow keys move, open and close. Letters go to a row that begins with them.',
    keysList: 'Arrow keys move. Letters go to a row that begins with them.',
  },
  nothing: {
    classes: 'No class matches the filter.',
    objects: 'No object matches.',
    dominators: 'It alone keeps nothing else alive.',
    holders: 'Nothing holds it.',
    holdersButIgnored: 'Nothing holds it apart from what is ignored.',
    strings: 'No text is in memory more than once.',
    stringsFiltered: 'No such text is in memory more than once.',
    fields: 'It holds nothing.',
    retainers: 'Nothing holds it: it is waiting to be collected.',
    retainersOfRoot: 'Nothing holds it: it is the root, from which everything is reached.',
    changes: 'No class has changed.',
    new: 'None of this class is new.',
    gone: 'None of this class is gone.',
    grown: 'None of this class retains more than before.',
    changeHolders: 'Nothing of this class is new or has grown.',
  },

  row: {
    id: (id: number) => `@${id}`,
    detached: 'detached',
    unreachable: 'not reached',
    share: (share: number) =>
      share > 0 && share < LEAST_SHARE ? `<${f.share(LEAST_SHARE)}` : f.share(share),
  },

  classes: { label: 'Classes', filter: 'Filter classes' },
  dominators: { label: 'Dominators' },
  search: {
    label: 'Objects found',
    filter: 'Search objects',
    hint: 'Words are found in class and name. A minus leaves out, “or” takes either. Also:',
    examples: [
      'class:Session',
      'size>1mb',
      'retained>5mb',
      'distance<4',
      'name:/^user-/',
      'type:closure',
      'detached',
      '@123',
    ],
  },
  strings: {
    label: 'Texts in memory more than once',
    filter: 'Filter texts',
    redacted: (count: number, bytes: number) =>
      `The contents of ${f.count(count, CONTENTS)} (${f.bytes(bytes)}) were taken out before the file left the process: nobody can tell which of them are equal, so they are not among these.`,
    beginning: 'begins with',
    beginningTitle:
      'A snapshot has the first 1024 characters of a string: these begin alike and are of one size, and may differ after that.',
  },

  suspects: {
    label: 'Leak suspects',
    none: 'Nothing looks like a leak',
    noneDetail:
      'No single object and no crowd of one class keeps a large part of the heap alive. What grows slowly shows only between two snapshots: take another one later and compare.',
    toClasses: 'Show classes',
    toCompare: 'Compare with an earlier snapshot',
    oneCannotTell:
      'One snapshot cannot tell a leak from what is meant to be there: what grew since an earlier one can.',
    one: (name: string, bytes: string, share: string) => `${name} keeps ${bytes} alive, ${share} of the heap`,
    /** What is large by itself. */
    giants: {
      string: (count: number) => (count === 1 ? 'One huge text takes' : `${f.number(count)} huge texts take`),
      buffer: (count: number) =>
        count === 1 ? 'One huge buffer takes' : `${f.number(count)} huge buffers take`,
      array: (count: number) =>
        count === 1 ? 'One huge array takes' : `${f.number(count)} huge arrays take`,
    },
    giant: (takes: string, bytes: string, share: string) => `${takes} ${bytes}, ${share} of the heap`,
    giantPlace: (count: number, place: string) => (count === 1 ? `It is ${place}.` : `They are ${place}.`),
    many: (count: number, className: string, bytes: string, share: string) =>
      `${f.number(count)} × ${className} keep ${bytes} alive, ${share} of the heap`,
    /** In what way it piles up: the rest of a sentence that began with the amount. */
    ways: {
      array: 'They pile up in an array',
      map: 'They pile up in a Map',
      set: 'They pile up in a Set',
      'object fields': 'They pile up as fields of one object',
      listeners: 'They pile up as listeners that were not taken off',
      timers: 'Timers that were not cleared hold them',
      closure: 'Functions that remember them hold them',
      chain: 'Each holds the next, in a long chain',
      promises: 'Promises that wait hold them',
      string: 'It is one huge text',
      buffer: 'It is one huge buffer',
    },
    field: (name: string, owner: string) => `in the field ${name} of ${owner}`,
    variable: (name: string, owner: string) => `in the variable ${name} of ${owner}`,
    script: (place: string, script: string) => `${place} (${script})`,
    sentence: (way: string, place: string | undefined) =>
      place === undefined ? `${way}.` : `${way}, ${place}.`,
    accumulation: 'Where they pile up',
    theObject: 'The object',
    example: 'One of them',
    holders: 'Who holds these?',
    holdersOfOne: 'Who holds it?',
    path: 'From the root',
    pathMore: (count: number) => `… ${f.number(count)} more steps …`,
    held: 'What it holds',
    heldMore: (count: number) => `${f.count(count, CLASSES)} more`,
  },

  holders: {
    label: (of: string) => `Who holds ${of}`,
    ofClass: (className: string) => `all objects of ${className}`,
    choose: 'Whose holders?',
    chooseDetail:
      'Choose a class, an object or a suspect and press “Who holds…?” beside it. All ways that lead through the same fields of the same classes stand in one row.',
    toClasses: 'Choose a class',
    in: 'in',
    showing: (of: string) => `Who holds ${of}?`,
  },

  compare: {
    choose: 'What was before?',
    chooseDetail:
      'Classes, and who holds them, are compared by their names. Where objects have kept their ids, it is also told which of them are new, gone and grown.',
    none: 'There is no other snapshot of this instance',
    noneDetail:
      'Take another one when more has piled up: what is new since then, and who holds it, tells most about a leak.',
    take: 'Take another snapshot…',
    earlier: (moment: string) => `since the snapshot of ${moment}`,
    pick: (moment: string) => `Compare with ${moment}`,
    pickShort: 'Compare',
    after: (duration: string) => `${duration} later`,
    before: (duration: string) => `${duration} earlier`,
    columns: { moment: 'Requested', apart: 'Apart', size: 'Size', version: 'Version', pick: '' },
    list: 'Snapshots of this instance',
    another: 'Choose another',
    file: 'Choose an earlier file…',
    fileLabel: 'Earlier file',
    since: (name: string) => `since ${name}`,
    fileDetail: 'The earlier file stays in this browser like the first one.',
    label: 'Classes that changed',
    filter: 'Filter classes',
    summary: (before: string, after: string, isMore: boolean, by: string) =>
      `${isMore ? 'Grew' : 'Shrank'} by ${by}, from ${before} to ${after}`,
    same: (bytes: string) => `As large as before: ${bytes}`,
    withIds: 'Objects have kept their ids, so each is found again:',
    parts: (added: string, addedBytes: string, gone: string, goneBytes: string, grown: string) =>
      `${added} new with ${addedBytes}, ${gone} gone with ${goneBytes}, ${grown} retain more than before.`,
    /** Why no object of one snapshot can be found in the other. */
    withoutIds: {
      one: 'One process, but each snapshot numbered its objects anew, because a copy of the process wrote it: which single object is new, gone or grown cannot be told.',
      two: 'Two different processes: they have no object in common, so nothing in them is new, gone or grown.',
      'not known':
        'The ids in these files do not belong together: they are of two processes, or copies of one process wrote them and numbered its objects anew. Which single object is new, gone or grown cannot be told.',
    },
    stillExact: 'Counts and sizes are exact, by class and by who holds it.',
    keepIds: 'How do objects keep their ids?',
    keepIdsDetail:
      'V8 numbers objects when a snapshot is written within the process itself, by v8.writeHeapSnapshot() or the signal of --heapsnapshot-signal, and they keep those numbers in all later snapshots, also in those that a copy writes. Compare each later one with that first file at /open; the later ones among themselves agree on older objects only. The price: the service stands still until the first file is written, 2 to 4 seconds for each million objects, takes about 12 times its heap in memory meanwhile, and the file has the contents of strings in it.',
    objects: (className: string) => `What changed of ${className}`,
    part: 'Which',
    partNames: { new: 'New', grown: 'Grown', gone: 'Gone', holders: 'Who holds them' },
    chooseClass: 'Choose a class to see which of its objects are new, gone or grown, and who holds them.',
    chooseClassWithoutIds: 'Choose a class to see who holds more of it than before.',
    whatHolds: (className: string) => `What holds ${className}: before and after`,
    toEarlier: 'Look at it in the earlier snapshot',
    swapped: 'It was taken after this one: what is new there is called gone here.',
  },

  object: {
    label: 'Chosen object',
    none: 'No object is chosen',
    noneDetail: 'Choose a row to see what it is, what it holds and who holds it.',
    gone: 'There is no such object in this snapshot',
    goneDetail: (id: string) =>
      `${id} may be gone, or the link is of another process. An earlier snapshot may have it.`,
    close: 'Choose none',
    parts: 'About the object',
    part: {
      retainers: 'Held by',
      fields: 'Holds',
      path: 'From the root',
      dominators: 'Dominators',
      retained: 'Retains',
      text: 'Text',
    },
    facts: {
      retained: 'Retained',
      shallow: 'Shallow',
      distance: 'Distance',
      type: 'Type',
      script: 'Script',
    },
    holders: 'Who holds this?',
    toDominators: 'Show in dominators',
    toClass: 'Show its class',
    retainers: 'What holds it, nearest to the root first',
    fields: 'What it holds',
    path: 'The shortest way from the root',
    pathNone: 'No way leads from the root to it.',
    pathSystem: 'Only V8 itself holds it, through roots of its own.',
    pathWeak:
      'Only weak references lead to it: nothing keeps it, and it goes with the next garbage collection.',
    pathIgnored: 'No way leads from the root to it but through retainers that are ignored.',
    dominators: 'What alone keeps it alive, up to the root',
    retainedSet: 'What it alone keeps alive, by class',
    text: 'Its text',
    textMore: (shown: number, all: number) => `${f.number(shown)} of ${f.number(all)} characters`,
    textBeginning:
      'A snapshot has the first 1024 characters of a string, so what follows on them is missing here.',
    textSliced: 'It is a part of this text; a snapshot does not say which.',
    more: 'Show more',
    redacted:
      'The contents of strings were replaced by their length before the file left the process: what stands here is not the text.',
    choose: 'Go to it',
  },

  ignored: {
    label: 'Ignored retainers',
    ignore: 'Ignore this retainer',
    ignoreTitle: 'Ways through it no longer count (Delete)',
    notice: (label: string) => `No longer ignore ${label}`,
    all: 'Ignore none',
  },

  file: {
    title: 'About this file',
    open: 'Chrome DevTools opens it as well: Memory, then “Load profile”.',
    redacted:
      'The contents of strings were replaced by their length before the file left the process: it says that a string of 64 characters is there, and not which. Names of classes, properties and functions are as they were, and so are all counts and sizes.',
    notRedacted:
      'The contents of strings were kept, as was asked for: passwords, tokens and what players typed may be in it. Keep the file as you would keep those, and delete the capture when it has served.',
    unknown:
      'The agent did not say whether the contents of strings were taken out: treat the file as if they were in it.',
  },

  beside: {
    allocated: 'Who allocated it?',
    profileAt: (moment: string, apart: string) => `sampled heap profile of ${moment} (${apart})`,
    snapshots: 'Who holds it?',
    snapshotAt: (moment: string, apart: string) => `snapshot of ${moment} (${apart})`,
    earlier: (duration: string) => `${duration} earlier`,
    later: (duration: string) => `${duration} later`,
    same: 'at the same time',
    take: (term: string) => `Take a ${term.toLowerCase()}…`,
    allocatedBy: (name: string) => `Find ${name} in the heap profile`,
    none: {
      allocated: 'A heap profile tells; none was taken of this instance.',
      snapshots: 'A heap snapshot tells; none was taken of this instance.',
    },
  },
});
