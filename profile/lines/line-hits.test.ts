import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weighNodes } from '../call-tree/node-weights.ts';
import { CpuProfileReader } from '../cpuprofile/cpu-profile-reader.ts';
import { findLabelSets } from '../labels/label-facets.ts';
import type { Profile } from '../model/profile.ts';
import { encodePprof } from '../pprof/encode-pprof.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { type CpuProfileJson, cpuProfileFromText, readCpuProfile } from '../text/profile-from-text.ts';
import { toLineHits } from './line-hits.ts';

/** `line: value` of the functions with these names, or of all. */
function linesOf(profile: Profile, names?: readonly string[], options = {}): string[] | undefined {
  const { functions, strings } = profile;
  const isWanted = Uint8Array.from(functions.name, (name) =>
    names === undefined || names.includes(strings[name] ?? '') ? 1 : 0,
  );
  const hits = toLineHits(profile, isWanted, options);
  return hits && Array.from(hits.line, (line, at) => `${line}: ${hits.self[at]}`);
}

/** A drawing whose nodes were hit at these lines, by name. */
function withTicks(text: string, ticks: Record<string, [line: number, ticks: number][]>): CpuProfileJson {
  const json = cpuProfileFromText(text);
  for (const node of json.nodes) {
    const hits = ticks[node.callFrame.functionName];
    if (hits) node.positionTicks = hits.map(([line, count]) => ({ line, ticks: count }));
  }
  return json;
}

describe('the line hits of a .cpuprofile', () => {
  const drawing = `
    main   main   main
    parse  parse  draw
    read          parse
  `;

  test('are summed over all stacks in which the function was the leaf', () => {
    const profile = readCpuProfile(
      JSON.stringify(
        withTicks(drawing, {
          parse: [
            [40, 2],
            [7, 1],
          ],
          read: [[90, 5]],
        }),
      ),
    );
    expect(linesOf(profile, ['parse'])).toEqual(['7: 2', '40: 4']);
    expect(linesOf(profile, ['read'])).toEqual(['90: 5']);
    expect(linesOf(profile, ['main'])).toEqual([]);
    expect(linesOf(profile)).toEqual(['7: 2', '40: 4', '90: 5']);
  });

  test('count samples over the whole recording, whatever the profile is weighed by', () => {
    const profile = readCpuProfile(JSON.stringify(withTicks(drawing, { read: [[90, 5]] })));
    const hits = toLineHits(profile, new Uint8Array(profile.functions.length).fill(1), { valueType: 1 });
    expect(hits).toMatchObject({
      all: 5,
      counted: { type: 'samples', unit: 'count' },
      isOfWholeRecording: true,
    });
  });

  test('that name no line are passed over', () => {
    const profile = readCpuProfile(
      JSON.stringify(
        withTicks(drawing, {
          read: [
            [0, 5],
            [-1, 2],
            [3, 0],
            [4, 1],
          ],
        }),
      ),
    );
    expect(linesOf(profile)).toEqual(['4: 1']);
  });

  test('are not made up where the file has none', () => {
    expect(linesOf(readCpuProfile(JSON.stringify(cpuProfileFromText(drawing))))).toBeUndefined();
  });

  test.each([
    ['positionTicks', 7, 'nodes[1].positionTicks must not be a number'],
    ['positionTicks', [7], 'an entry of nodes[1].positionTicks must not be a number'],
    ['positionTicks', [{ line: 'x' }], 'nodes[1].positionTicks[].line must not be a text'],
    ['positionTicks', [{ line: { at: 1 } }], 'nodes[1].positionTicks[].line must not be an object'],
  ])('that are no line hits are named (%s: %j)', (field, value, sentence) => {
    const json = cpuProfileFromText(drawing);
    Object.assign(json.nodes[1] ?? {}, { [field]: value });
    expect(() => readCpuProfile(JSON.stringify(json))).toThrow(sentence);
  });

  test('are limited in number', () => {
    const reader = new CpuProfileReader({ maxSamples: 3 });
    const json = withTicks(drawing, {
      parse: [
        [1, 1],
        [2, 1],
      ],
    });
    const bytes = new TextEncoder().encode(JSON.stringify(json));
    expect(() => {
      reader.push(bytes);
      reader.end();
    }).toThrow('more than 3 line hits');
  });

  test.each(
    readdirSync(new URL('../fixtures/', import.meta.url)).filter((name) => name.endsWith('.cpuprofile')),
  )('of %s are as many as V8 counted in the file', (name) => {
    const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
    const json = JSON.parse(text) as CpuProfileJson;
    const expected = json.nodes.flatMap((node) => node.positionTicks ?? []);
    const profile = readCpuProfile(text);
    const hits = toLineHits(profile, new Uint8Array(profile.functions.length).fill(1));
    const sum = hits?.self.reduce((total, self) => total + self, 0);
    expect(sum).toBe(expected.reduce((total, { ticks }) => total + ticks, 0));
    expect(sum).toBeGreaterThan(0);
  });

  test('lose nothing, in whatever order the nodes come', () => {
    const anyHits = fc.array(
      fc.record({
        parent: fc.nat(),
        name: fc.nat({ max: 3 }),
        ticks: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99 })), {
          maxLength: 4,
        }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(anyHits, (rows) => {
        const frame = (functionName: string) => ({
          functionName,
          scriptId: '0',
          url: 'app.js',
          lineNumber: 0,
          columnNumber: 0,
        });
        const nodes: CpuProfileJson['nodes'] = [{ id: 1, callFrame: frame('top') }];
        const expected = new Map<string, number>();
        for (const { parent, name, ticks } of rows) {
          const above = nodes[parent % nodes.length];
          if (above) above.children = [...(above.children ?? []), nodes.length + 1];
          nodes.push({
            id: nodes.length + 1,
            callFrame: frame(`f${name}`),
            positionTicks: ticks.map(([line, count]) => ({ line, ticks: count })),
          });
          for (const [line, count] of ticks) {
            const key = `f${name}:${line}`;
            expected.set(key, (expected.get(key) ?? 0) + count);
          }
        }
        const json = JSON.stringify({
          nodes: nodes.toReversed(),
          startTime: 0,
          endTime: 0,
          samples: [],
          timeDeltas: [],
        });
        const profile = readCpuProfile(json);
        const found = new Map<string, number>();
        for (const name of ['f0', 'f1', 'f2', 'f3']) {
          for (const text of linesOf(profile, [name]) ?? []) {
            const [line, value] = text.split(': ');
            found.set(`${name}:${line}`, Number(value));
          }
        }
        expect(found).toEqual(expected);
      }),
    );
  });
});

describe('the line hits of a pprof file', () => {
  const file = `
    contentions/count delay/nanoseconds
    main@app.js:1;query@db.js:3^4    3 1200 type=network
    main@app.js:1;query@db.js:3^9    2  800 type=disk
    main@app.js:1^2;query@db.js:3^4  1  100 type=disk
    main@app.js:1^2                  1   50
  `;

  test('are weighed by the value asked for', () => {
    const profile = readPprof(pprofFromText(file));
    expect(linesOf(profile, ['query'])).toEqual(['4: 1300', '9: 800']);
    expect(linesOf(profile, ['query'], { valueType: 0 })).toEqual(['4: 4', '9: 2']);
    expect(linesOf(profile, ['main'])).toEqual(['2: 50']);
  });

  test('heed the labels chosen', () => {
    const profile = readPprof(pprofFromText(file));
    const labelSets = findLabelSets(profile, [{ key: 'type', value: 'disk' }]);
    expect(linesOf(profile, ['query'], { labelSets })).toEqual(['4: 100', '9: 800']);
    const isWanted = new Uint8Array(profile.functions.length).fill(1);
    expect(toLineHits(profile, isWanted, { labelSets })?.all).toBe(900);
    expect(toLineHits(profile, isWanted)?.all).toBe(2150);
  });

  test('sum up to what the functions took themselves', () => {
    const profile = readPprof(pprofFromText(file));
    const { self } = weighNodes(profile);
    const sum = (linesOf(profile) ?? []).reduce((total, text) => total + Number(text.split(': ')[1]), 0);
    expect(sum).toBe(self.reduce((total, value) => total + value, 0));
  });

  test('are not made up where lines say no more than where functions begin', () => {
    const profile = readPprof(pprofFromText('samples/count\nmain@app.js:1;work@app.js:9 3\nmain@app.js:1 1'));
    expect(linesOf(profile)).toBeUndefined();
    const again = readPprof(encodePprof(readPprof(pprofFromText('samples/count\nmain@app.js:1 1'))));
    expect(again.samples.line).toBeUndefined();
  });
});
