import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCpuProfile } from '#profile/text/profile-from-text.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { askedPlace, toOriginalBatches } from './original-batches.ts';

/** A profile of functions in these files, each with so many functions of this name. */
function profileOf(files: readonly { url: string; count: number; name: string }[]): OpenedProfile {
  const frames = files.flatMap(({ url, count, name }) =>
    Array.from({ length: count }, (_, at) => ({
      functionName: name,
      url,
      scriptId: '1',
      lineNumber: at,
      columnNumber: 0,
    })),
  );
  const nodes = frames.map((callFrame, at) => ({ id: at + 2, callFrame }));
  const root = { functionName: '(root)', url: '', scriptId: '0', lineNumber: -1, columnNumber: -1 };
  const json = {
    nodes: [{ id: 1, callFrame: root, children: nodes.map(({ id }) => id) }, ...nodes],
    startTime: 0,
    endTime: 1,
    samples: [1],
    timeDeltas: [0],
  };
  return toSubject(readCpuProfile(JSON.stringify(json))).profile;
}

const anyFiles = fc.uniqueArray(
  fc.record({
    url: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `/app/${text}.js`),
    count: fc.integer({ min: 1, max: 400 }),
    name: fc.string({ unit: 'grapheme', maxLength: 400 }),
  }),
  { selector: ({ url }) => url, maxLength: 12 },
);

describe('what the server is asked about', () => {
  test('is every function in a file once, and never more at once than it takes', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const profile = profileOf(files);
        const seen: number[] = [];
        for (const batch of toOriginalBatches(profile)) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(100);
          const body = batch.map(({ url, functions }) => ({
            url,
            functions: functions.map((func) => askedPlace(profile, func)),
          }));
          const bytes = new TextEncoder().encode(JSON.stringify({ files: body })).length;
          expect(bytes).toBeLessThanOrEqual(64 * 1024);
          for (const { url, functions } of batch) {
            expect(functions.length).toBeLessThanOrEqual(5000);
            for (const func of functions) {
              expect(profile.strings[profile.functions.url[func] ?? 0]).toBe(url);
              seen.push(func);
            }
          }
        }
        const distinct = files.reduce((sum, { count }) => sum + count, 0);
        expect(seen.length).toBe(distinct);
        expect(new Set(seen).size).toBe(distinct);
      }),
      { numRuns: 60 },
    );
  });

  test('is no more than fits of a single large file', () => {
    const profile = profileOf([{ url: '/app/bundle.js', count: 9000, name: 'x' }]);
    const batches = [...toOriginalBatches(profile)];
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flatMap((batch) => batch.flatMap(({ functions }) => functions)).length).toBe(9000);
  });

  test('is nothing of Node.js, of native code, or of what was not in a file', () => {
    const urls = ['node:fs', '', 'wasm://wasm/1', 'evalmachine.<anonymous>', 'https://cdn.example/a.js'];
    const profile = profileOf(urls.map((url) => ({ url, count: 2, name: 'f' })));
    expect([...toOriginalBatches(profile)]).toEqual([]);
  });
});
