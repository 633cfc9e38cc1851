import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import { topFunctions } from '../call-tree/top-functions.ts';
import { ProfileError, ProfileLimitError, ProfileShapeError, ProfileSyntaxError } from '../errors.ts';
import type { Profile, ValueColumn } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { type CpuProfileJson, cpuProfileFromText, readCpuProfile } from '../text/profile-from-text.ts';
import { CpuProfileReader } from './cpu-profile-reader.ts';

const drawing = `
  main   main   main  (idle)
  parse  parse  draw
  read
`;

/** A small valid file with some parts replaced. */
function read(change: (json: CpuProfileJson) => object): Profile {
  const json = cpuProfileFromText(drawing);
  return readCpuProfile(JSON.stringify(change(json)));
}

function problem(change: (json: CpuProfileJson) => object): string {
  try {
    read(change);
  } catch (error) {
    if (error instanceof ProfileShapeError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

const node = (id: number, functionName: string, children?: number[]) => ({
  id,
  callFrame: { functionName, scriptId: '0', url: 'app.js', lineNumber: 0, columnNumber: 0 },
  ...(children ? { children } : {}),
});

/** Any tree with any samples, written as V8 would. */
const anyCpuProfile = fc
  .record({
    parents: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 5 })), { maxLength: 30 }),
    samples: fc.array(fc.tuple(fc.nat(), fc.integer({ min: -50, max: 5000 })), { maxLength: 60 }),
    tail: fc.nat({ max: 3000 }),
    firstId: fc.constantFrom(1, 0, 1_000_000_007),
  })
  .map(({ parents, samples, tail, firstId }): CpuProfileJson => {
    const nodes: CpuProfileJson['nodes'] = [node(firstId, '(root)')];
    if (nodes[0]) nodes[0].callFrame = { ...nodes[0].callFrame, url: '', lineNumber: -1, columnNumber: -1 };
    for (const [pick, name] of parents) {
      const above = nodes[pick % nodes.length];
      const id = firstId + nodes.length;
      if (above) above.children = [...(above.children ?? []), id];
      nodes.push(node(id, `f${name}`));
    }
    const timeDeltas = samples.map(([, delta]) => delta);
    return {
      nodes,
      startTime: 1_000,
      endTime: 1_000 + timeDeltas.reduce((sum, delta) => sum + Math.max(0, delta), 0) + tail,
      samples: samples.map(([pick]) => firstId + (pick % nodes.length)),
      timeDeltas,
    };
  });

function readInChunks(json: string, sizes: readonly number[]): Profile {
  const bytes = new TextEncoder().encode(json);
  const reader = new CpuProfileReader();
  let at = 0;
  for (const size of sizes) {
    reader.push(bytes.slice(at, at + size));
    at += size;
  }
  reader.push(bytes.slice(at));
  return chooseProfile(reader.end()).profile;
}

describe('reading a .cpuprofile', () => {
  test('gives each sample the time until the next and the last the time until the end', () => {
    const profile = read((json) => ({ ...json, endTime: 9000, timeDeltas: [500, 1000, 2000, 3000] }));
    expect([...weightsOf(profile)]).toEqual([1000, 2000, 3000, 2500]);
    expect(profile.timeline?.firstSampleMicros).toBe(500);
    expect(profile.timeline?.endMicros).toBe(9000);
  });

  test('puts nodes in depth-first order with the parent before the child', () => {
    const profile = read((json) => ({ ...json, nodes: json.nodes.toReversed() }));
    profile.nodes.parent.forEach((parent, index) => {
      expect(parent).toBeLessThan(index);
    });
    expect([...profile.nodes.depth].sort()).toEqual([0, 1, 1, 2, 2, 3]);
  });

  test('counts lines and columns from 1, with 0 for not known', () => {
    const frame = { functionName: 'f', scriptId: '1', url: 'a.js', lineNumber: 41, columnNumber: 6 };
    const { functions } = read((json) => ({
      ...json,
      nodes: json.nodes.map((n) => ({ ...n, callFrame: frame })),
    }));
    expect([functions.line[0], functions.column[0]]).toEqual([42, 7]);
    expect(read((json) => json).functions.line[0]).toBe(0);
  });

  test('takes the fields in any order and passes over those it does not know', () => {
    const { nodes, samples, timeDeltas, startTime, endTime } = cpuProfileFromText(drawing);
    const shuffled = {
      $vscode: { rootPath: '/', locations: [[1, { a: null }]] },
      timeDeltas,
      endTime,
      samples,
      lines: [1, 2, 3],
      startTime,
      nodes: nodes.map(({ id, callFrame, children }) => ({
        positionTicks: [{ line: 1, ticks: 2 }],
        children,
        callFrame: Object.fromEntries(Object.entries(callFrame).toReversed()),
        deoptReason: 'none',
        id,
      })),
    };
    expect(topFunctions(readCpuProfile(JSON.stringify(shuffled))).functions).toEqual(
      topFunctions(read((json) => json)).functions,
    );
  });

  test('makes one node of those that V8 wrote twice for one function under one caller', () => {
    const { callFrame } = node(9, 'a');
    const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
    const profile = read((json) => ({
      ...json,
      nodes: [
        { ...node(1, ''), callFrame: root, children: [2, 4] },
        { ...node(2, 'a'), callFrame, children: [3], positionTicks: [{ line: 5, ticks: 2 }] },
        node(3, 'b'),
        { ...node(4, 'a'), callFrame, children: [5], positionTicks: [{ line: 7, ticks: 1 }] },
        node(5, 'c'),
      ],
      samples: [3, 4, 2, 5, 4],
      timeDeltas: [0, 1000, 1000, 1000, 1000],
      startTime: 0,
      endTime: 5000,
    }));
    expect(formatCallTree(profile, toCallTree(profile))).toEqual([
      '(root) (total: 5, self: 0)',
      '  a (total: 5, self: 3)',
      '    b (total: 1, self: 1)',
      '    c (total: 1, self: 1)',
    ]);
    expect(profile.nodes.length).toBe(4);
    expect([...(profile.nodeLines?.start ?? [])]).toEqual([0, 0, 2, 2, 2]);
    expect([...(profile.nodeLines?.line ?? [])]).toEqual([5, 7]);
    expect([...(profile.nodeLines?.hits ?? [])]).toEqual([2, 1]);
  });

  test('understands nodes that name their parent instead of their children', () => {
    const nodes = [node(1, '(root)'), { ...node(2, 'a'), parent: 1 }, { ...node(3, 'b'), parent: 2 }];
    const profile = read((json) => ({ ...json, nodes, samples: [3], timeDeltas: [0] }));
    expect([...profile.nodes.depth]).toEqual([0, 1, 2, 3]);
  });

  test('sorts samples that V8 wrote late, with a negative delta, into their place', () => {
    const profile = read((json) => ({
      ...json,
      samples: [1, 2, 3, 4],
      timeDeltas: [100, 1000, -400, 900],
      endTime: 2000,
    }));
    const { node: nodes } = profile.samples;
    expect([...weightsOf(profile)]).toEqual([600, 400, 500, 400]);
    expect([...nodes].map((index) => profile.nodes.depth[index])).toEqual([0, 2, 1, 3]);
  });

  test('gives nothing to the last sample when the recording ended before it', () => {
    const profile = read((json) => ({ ...json, endTime: 1 }));
    expect(weightsOf(profile).at(-1)).toBe(0);
  });

  test('keeps gaps of hours that do not fit 32 bits', () => {
    const profile = read((json) => ({ ...json, timeDeltas: [0, 1000, 8e9, 1000], endTime: 8e9 + 3000 }));
    expect([...weightsOf(profile)]).toEqual([1000, 8e9, 1000, 1000]);
  });

  test('accepts a recording without samples', () => {
    expect(read((json) => ({ ...json, samples: [], timeDeltas: [] })).samples.length).toBe(0);
  });

  test('names like markup stay the text they are', () => {
    const name = '<img src=x onerror=alert(1)>\u202e</script>';
    const profile = read((json) => ({ ...json, nodes: [node(1, name)], samples: [1], timeDeltas: [0] }));
    expect(profile.strings).toContain(name);
  });
});

describe('a .cpuprofile that cannot be right', () => {
  test.each<[string, (json: CpuProfileJson) => object]>([
    ['nodes is missing', ({ nodes: _, ...json }) => json],
    ['samples is missing', ({ samples: _, ...json }) => json],
    ['timeDeltas is missing', ({ timeDeltas: _, ...json }) => json],
    ['timeDeltas has 3 entries for 4 samples', (json) => ({ ...json, timeDeltas: [1, 2, 3] })],
    ['samples[1] names node 77, which is not in the file', (json) => ({ ...json, samples: [1, 77, 1, 1] })],
    [
      'nodes[1].id is 1, which another node has already',
      (json) => ({ ...json, nodes: [node(1, 'a'), node(1, 'b')] }),
    ],
    [
      'nodes[0].children names node 9, which is not in the file',
      (json) => ({ ...json, nodes: [node(1, 'a', [9])] }),
    ],
    [
      'nodes[2] is a child of both nodes[0] and nodes[1]',
      (json) => ({ ...json, nodes: [node(1, 'a', [2, 3]), node(2, 'b', [3]), node(3, 'c')] }),
    ],
    [
      'nodes are children of each other in a circle',
      (json) => ({ ...json, nodes: [node(1, 'a'), node(2, 'b', [3]), node(3, 'c', [2])] }),
    ],
    ['nodes are children of each other in a circle', (json) => ({ ...json, nodes: [node(1, 'a', [1])] })],
    ['nodes[0].id is missing', (json) => ({ ...json, nodes: [{ callFrame: node(1, 'a').callFrame }] })],
    ['nodes[0].callFrame is missing', (json) => ({ ...json, nodes: [{ id: 1 }] })],
    [
      'nodes[0].callFrame.functionName is missing',
      (json) => ({ ...json, nodes: [{ id: 1, callFrame: {} }] }),
    ],
    ['nodes[0].id is not a whole number', (json) => ({ ...json, nodes: [node(1.5, 'a')] })],
    ['nodes[0] must not be a number', (json) => ({ ...json, nodes: [1] })],
    ['nodes must not be an object', (json) => ({ ...json, nodes: {} })],
    ['samples must not be null', (json) => ({ ...json, samples: null })],
    ['samples[0] must not be a text', (json) => ({ ...json, samples: ['1'] })],
    [
      'an entry of nodes[0].children must not be a list',
      (json) => ({ ...json, nodes: [{ id: 1, children: [[2]] }] }),
    ],
    [
      'timeDeltas[2] is not a time that can have passed',
      (json) => ({ ...json, timeDeltas: [0, 1, 1e300, 1] }),
    ],
    ['the file as a whole must not be a list', () => []],
  ])('is refused: %s', (sentence, change) => {
    expect(problem(change)).toBe(`The profile cannot be used: ${sentence}.`);
  });

  test('is refused wherever it was cut off, naming its end', () => {
    const whole = JSON.stringify(cpuProfileFromText(drawing));
    for (let length = 0; length < whole.length; length++) {
      const error = catchError(() => readCpuProfile(whole.slice(0, length)));
      expect(error).toBeInstanceOf(ProfileSyntaxError);
      expect((error as ProfileSyntaxError).offsetBytes).toBe(length);
    }
  });

  test('is refused with a sentence, never with anything else, whatever was damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyCpuProfile, damage, (json, changes) => {
        const bytes = new TextEncoder().encode(JSON.stringify(json));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const reader = new CpuProfileReader();
        const error = catchError(() => {
          reader.push(bytes);
          toCallTree(chooseProfile(reader.end()).profile);
        });
        if (error !== undefined) expect(error).toBeInstanceOf(ProfileError);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['nodes', { maxNodes: 3 }],
    ['samples', { maxSamples: 3 }],
    ['frames in one stack', { maxDepth: 2 }],
    ['bytes of distinct names', { maxStringTableBytes: 8 }],
  ])('is refused when it has too many %s', (limit, limits) => {
    const reader = new CpuProfileReader(limits);
    const error = catchError(() => {
      reader.push(new TextEncoder().encode(JSON.stringify(cpuProfileFromText(drawing))));
      reader.end();
    });
    expect(error).toBeInstanceOf(ProfileLimitError);
    expect((error as ProfileLimitError).limit).toBe(limit);
  });
});

describe('every .cpuprofile', () => {
  test('reads the same wherever its chunks are cut', () => {
    fc.assert(
      fc.property(anyCpuProfile, fc.array(fc.nat({ max: 40 }), { maxLength: 60 }), (json, cuts) => {
        const text = JSON.stringify(json);
        expect(readInChunks(text, cuts)).toEqual(readCpuProfile(text));
      }),
    );
  });

  test('keeps the stack and the instant of every sample', () => {
    fc.assert(
      fc.property(anyCpuProfile, (json) => {
        expect(samplesOf(readCpuProfile(JSON.stringify(json)))).toEqual(expectedSamples(json));
      }),
    );
  });

  test('loses and invents no time between samples, nodes and functions', () => {
    fc.assert(
      fc.property(anyCpuProfile, (json) => {
        const profile = readCpuProfile(JSON.stringify(json));
        const tree = toCallTree(profile);
        const totals = toFunctionTotals(tree, profile.functions.length);
        const all = sum(weightsOf(profile));
        expect(tree.total[0]).toBe(all);
        expect(sum(tree.self)).toBe(all);
        expect(sum(totals.self)).toBe(all);
        expect(sum(tree.selfCount)).toBe(profile.samples.length);
        if (profile.samples.length > 0) expect(all).toBe(sampledMicrosOf(profile));
        expect(Math.max(0, ...totals.total)).toBeLessThanOrEqual(all);
      }),
    );
  });
});

describe('recordings of real processes', () => {
  const folder = new URL('../fixtures/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));

  test.each(names)('%s adds up like the plain JSON does', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const json = JSON.parse(text) as CpuProfileJson;
    const profile = readInChunks(text, [1, 2, 3, 1000, 77]);
    expect(profile.nodes.length).toBe(json.nodes.length);
    expect(samplesOf(profile)).toEqual(expectedSamples(json));
    const sampleCounts = topFunctions(profile, { includeIdle: true });
    expect(sampleCounts.totalCount).toBe(json.samples.length);
  });
});

function catchError(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** What each sample stands for. */
function weightsOf({ samples, defaultValueType }: Profile): ValueColumn {
  return samples.values[defaultValueType] ?? new Int32Array(0);
}

function sampledMicrosOf({ timeline }: Profile): number | undefined {
  return timeline && timeline.endMicros - timeline.firstSampleMicros;
}

function samplesOf(profile: Profile): string[] {
  const { nodes, samples, functions, strings } = profile;
  const weights = weightsOf(profile);
  let time = profile.timeline?.firstSampleMicros ?? Number.NaN;
  return Array.from(samples.node, (leaf, index) => {
    const stack: string[] = [];
    for (let at = leaf; at > 0; at = nodes.parent[at] as number) {
      stack.push(strings[functions.name[nodes.func[at] as number] as number] ?? '');
    }
    const line = `${time} ${stack.reverse().join(';')}`;
    time += weights[index] as number;
    return line;
  });
}

/** The same, straight from the JSON. */
function expectedSamples(json: CpuProfileJson): string[] {
  const byId = new Map(json.nodes.map((each) => [each.id, each]));
  const parents = new Map(
    json.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  let time = json.startTime;
  const lines = json.samples.map((leaf, index) => {
    time += json.timeDeltas[index] ?? 0;
    const stack: string[] = [];
    for (let id: number | undefined = leaf; id !== undefined && parents.has(id); id = parents.get(id)) {
      stack.push(byId.get(id)?.callFrame.functionName ?? '');
    }
    return { time, line: `${time} ${stack.reverse().join(';')}` };
  });
  return lines.sort((a, b) => a.time - b.time).map(({ line }) => line);
}
