import type { Formats } from '../../_format/formats.ts';

/** The page of a heap snapshot. */
export const snapshot = (_f: Formats) => ({
  intro:
    'Every object of the heap, with who keeps it alive. This console does not draw snapshots yet: Chrome DevTools opens the file as it is.',
  open: 'Open it in Chrome DevTools',
  steps: [
    (size: string) => `Download the file (${size}).`,
    () => 'In Chrome or Edge open the developer tools (F12) and choose Memory.',
    () =>
      'Choose “Load profile” and the file. A snapshot of some hundred megabytes takes DevTools a minute and several gigabytes.',
    () =>
      '“Summary” groups the objects by class: sort by retained size to see what holds the memory. Loaded together with a second snapshot, “Comparison” shows what grew between them.',
  ],
  strings: 'What is in it, and what is not',
  redacted:
    'The contents of strings were replaced by their length before the file left the process: it says that a string of 64 characters is there, and not which. Names of classes, properties and functions are as they were, and so are all counts and sizes.',
  notRedacted:
    'The contents of strings were kept, as was asked for: passwords, tokens and what players typed may be in it. Keep the file as you would keep those, and delete the capture when it has served.',
  unknown:
    'The agent did not say whether the contents of strings were taken out: treat the file as if they were in it.',
  allocated: 'Who allocated it?',
  allocatedDetail:
    'A snapshot knows what is there, not which code made it. A heap profile does, in a flame graph.',
  take: (term: string) => `Take a ${term.toLowerCase()}…`,
});
