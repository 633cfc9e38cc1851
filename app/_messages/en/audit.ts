import type { Formats } from '../../_format/formats.ts';

const ENTRIES = { one: 'entry', other: 'entries' };
const ACTS = { one: 'act', other: 'acts' };

export const audit = (f: Formats) => ({
  title: 'Audit',
  loading: 'Reading the record…',
  empty: 'Nobody has done anything yet that is kept on record.',
  emptyDetail:
    'Everything that changes something is written here before it is done, with who does it and why, and again when its result is known.',
  /** The newest act: who, what, on what, how it ended. */
  sentence: (ago: string, actor: string, what: string, subject: string, result: string) =>
    `The last on record, ${ago}: “${what}”${subject === '' ? '' : ` on ${subject}`} by ${actor}, ${result}.`,
  caption: 'Who did what, newest first',
  search: 'Search the whole record',
  actor: 'Who',
  allActors: 'Everybody',
  action: 'What',
  allActions: 'Everything',
  acts: (count: number) => f.count(count, ACTS),
  nothing: 'Nothing on record fits this.',
  more: 'Read older ones',
  readingMore: 'Reading older ones…',
  columns: { at: 'When', actor: 'Who', action: 'What', subject: 'On what', reason: 'Why', result: 'Result' },
  results: {
    succeeded: 'succeeded',
    failed: 'failed',
    unknown: 'unknown',
    open: 'unknown so far',
  },
  resultTitles: {
    succeeded: 'The outcome is on record.',
    failed: 'The outcome is on record.',
    unknown: 'Something may have been done; nobody saw how it ended.',
    open: 'The intent is on record and no outcome yet: it is under way, or nobody knows.',
  },
  noReason: '–',
  run: (type: string) => `Run ${type}`,
  open: (what: string) => `What is on record about ${what}`,
  intent: 'Intent',
  outcome: 'Outcome',
  noIntent: 'The intent is further in the past than what was read.',
  noOutcome: 'None is on record.',
  entry: (sequence: number) => `entry ${f.number(sequence)}`,
  /** As the fields of an entry are called on record, beside those that the act itself has. */
  record: { actor: 'actor', action: 'action', target: 'target', hash: 'hash' },
  subjects: { capture: 'capture', action: 'action' },
  /** What acts are called; others go by their names on record. */
  actions: {
    'capture.request': 'Request capture',
    'capture.resume': 'Take up capture again',
    'capture.stop': 'Stop capture',
    'capture.cancel': 'Cancel capture',
    'capture.change': 'Change capture',
    'capture.delete': 'Delete capture',
    'action.run': 'Run action',
    'action.cancel': 'Cancel action',
    'action.extend': 'Give action more time',
    'session.begin': 'Sign in',
    'session.end': 'Sign out',
    'audit.new-key': 'Make new signing key',
    'audit.new-heads': 'Begin signed heads anew',
  } as Readonly<Record<string, string>>,

  verify: 'Verify the record',
  verifying: 'Verifying…',
  verified: (entries: number, hash: string) =>
    entries === 0
      ? 'The record is whole: it is empty.'
      : `The record is whole: each of its ${f.count(entries, ENTRIES)} follows from the one before, and the signed heads agree. It ends with ${hash}.`,
  broken: (at: number, reason: string) =>
    `The record was tampered with or damaged at entry ${f.number(at)}: ${reason.replace(/[.]$/, '')}. What stands before it can be trusted; keep the data folder as it is and compare it with a backup.`,
  checkedAt: (moment: string) => `Checked at ${moment}.`,
  byHand: 'The same without this page, on the server’s machine:',
  command: 'npm run audit:verify',
});
