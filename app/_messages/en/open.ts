import type { Formats } from '../../_format/formats.ts';

/** The page that opens a file. */
export const open = (f: Formats) => ({
  title: 'Open a profile from a file',
  private: 'It is read in this browser alone. Nothing is uploaded, and no capture is made of it.',
  opened: (size: string) => `${size}, read in this browser alone: nothing was uploaded.`,
  label: 'File',
  drop: 'Drop a file anywhere on this page',
  or: 'or',
  choose: 'Choose a file…',
  chooseAnother: 'Open another file…',
  letGo: 'Let go to open it',
  severalDropped: (count: number, name: string) =>
    `${f.number(count)} files were dropped; this is ${name}. They are opened one at a time.`,
  notAFile: 'What was dropped is no file. Drop one from your file manager, or choose it by the button.',
  formats: 'What can be opened',
  formatNames: [
    ['.cpuprofile', 'CPU profile of V8: Node.js with --cpu-prof, Chrome DevTools'],
    ['.heapsnapshot', 'heap snapshot of V8: every object, and who holds it'],
    ['.heapprofile', 'sampled heap profile of V8: Node.js with --heap-prof, Chrome DevTools'],
    ['.pb.gz, .pprof', 'pprof: Go, pprof-nodejs, this console’s own downloads'],
    ['.folded, .txt', 'collapsed stacks, a line each with its count: perf, async-profiler, FlameGraph'],
    ['.speedscope.json', 'speedscope: its own format, in which many tools write'],
    ['.json', 'trace of Chrome or Node.js: what happened when, and what V8 sampled in each thread'],
  ] as const,
  formatsDetail:
    'Any of them may be packed with gzip. A file is known by what is in it, whatever it is called. Its size hardly matters: it is read piece by piece.',
  traceAs: { label: 'What to see of the trace', timeline: 'Timeline', calls: 'Calls' },
  fromLink: (name: string) =>
    `This link shows a view of ${name === '' ? 'a file' : name}. The file itself is not in the link: it never left the computer it was opened on.`,
  fromLinkNext: (name: string) =>
    `Open ${name === '' ? 'that file' : name} here, and you see it as it was seen when the link was made.`,
  viewerFailed:
    'The viewer met something it was not made for and stopped. Open the file again; if it lasts, another tool may still read it.',
});
