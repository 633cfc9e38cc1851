import { describe, expect, it } from 'vitest';
import {
  drawn,
  formatSnapshot,
  type SnapshotOptions,
  snapshotFromText,
} from '../../../testing/snapshot-text.ts';
import { SnapshotRedactor } from './snapshot-redactor.ts';

function redact(snapshot: string, cuts: readonly number[] = []): string {
  const bytes = Buffer.from(snapshot);
  const redactor = new SnapshotRedactor();
  const passed: Buffer[] = [];
  let at = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b).concat(bytes.length)) {
    // The chunk's memory is the caller's again once what came of it is written.
    for (const piece of redactor.push(Uint8Array.from(bytes.subarray(at, cut))))
      passed.push(Buffer.from(piece));
    at = cut;
  }
  passed.push(...redactor.end().map((piece) => Buffer.from(piece)));
  return Buffer.concat(passed).toString();
}

const redacted = (text: string, options?: SnapshotOptions) =>
  formatSnapshot(redact(snapshotFromText(text, options)));

describe('the redaction of a heap snapshot', () => {
  it('puts its length in the place of what a string holds, and leaves every name', () => {
    const text = `
      @1 synthetic (GC roots)
        element 1 -> @3
      @3 object Session
        property token -> @5
        property user -> @7
        context account -> @7
        internal map -> @13
        hidden 2 -> @11
        weak pattern -> @9
      @5 string hunter2
      @7 string a
      @9 regexp ^hunter2$
      @11 string grüße 😀 \\u00fc\\n
      @13 object shape system / Map
      @15 closure refresh
      @17 code file:///service/session.js
      @19 string 
    `;
    expect(redacted(text)).toBe(
      drawn(text)
        .replace('string hunter2', 'string <7 characters>')
        .replace('string a', 'string <1 character>')
        .replace('^hunter2$', '<9 characters>')
        .replace('grüße 😀 \\u00fc\\n', '<11 characters>'),
    );
  });
});
