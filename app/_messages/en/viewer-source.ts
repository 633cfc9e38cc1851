import type { Formats } from '../../_format/formats.ts';

const FILES = { one: 'file', other: 'files' };

export const viewerSource = (f: Formats) => ({
  button: 'Source',
  menu: 'Show the source',
  buttonTitle: 'The source of this function, with what its lines took (s)',
  panel: 'Source',
  close: 'Close the source (s)',
  reading: 'Reading the source…',
  noCall: 'Choose a call to see the source of its function.',
  noFile: {
    state: {
      title: 'This is no function',
      detail: 'V8 names so what the thread was doing while no JavaScript ran.',
    },
    label: {
      title: 'This is no function',
      detail: 'It is the value of a label, above all samples that bear it.',
    },
    native: {
      title: 'Native code has no source here',
      detail: 'It is part of V8, of Node.js itself or of an addon, and the profile names no file for it.',
    },
    runtime: {
      title: 'This is part of Node.js',
      detail:
        'Its JavaScript is built into the program node and lies in no file of the service. It is published with Node.js, under lib/.',
    },
    wasm: { title: 'This is WebAssembly', detail: 'The profile names no source for it.' },
    elsewhere: {
      title: 'This was not loaded from a file',
      detail: 'Code that was made while the service ran, or came over a network, lies nowhere to be read.',
    },
    'local-file': {
      title: 'A profile does not hold source',
      detail:
        'Source is read by the console, for captures that it took. This profile is a file of your own, which stays in this browser.',
    },
  },
  refused: {
    title: 'The source cannot be shown',
    noAnswer: 'The server does not answer. The profile itself is here and stays.',
    unknown: (status: number) => `The server answered with status ${f.number(status)}.`,
  },
  madeOf: (generated: string) => `by the source map of ${generated}`,
  changed: (when: string) => `Changed on ${when}, after this was captured: lines may not be those that ran.`,
  hits: {
    lineColumn: 'Line',
    selfColumn: 'Self',
    textColumn: 'Source',
    hottest: 'most of this function',
    hottestButton: (line: number) => `Hottest line: ${line}`,
    hottestTitle: 'Go to the line of this function that took most itself',
    wholeRecording: 'Samples of the whole recording: V8 counts lines apart from time.',
    byFunction: 'No lines are known here: what a function took itself stands where it begins.',
    none: 'No line of this file was sampled itself.',
    unplaced: (value: string) => `${value} on lines that cannot be told.`,
  },
  originals: {
    applied: (files: number) =>
      `Names and places are those of the original source, by the source maps of ${f.count(files, FILES)}.`,
    generated: (files: number) =>
      `Names and places are those of what ran; ${f.count(files, FILES)} have a source map.`,
    showGenerated: 'Show what ran',
    showOriginal: 'Show the original',
  },
});
