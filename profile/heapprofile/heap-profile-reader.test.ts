import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import { topFunctions } from '../call-tree/top-functions.ts';
import { ProfileError, ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import type { Profile, ProfileLimits } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import {
  type HeapNodeJson,
  type HeapProfileJson,
  heapProfileFromText,
} from '../text/heap-profile-from-text.ts';
import { type HeapProfileKind, HeapProfileReader } from './heap-profile-reader.ts';

const drawing = `
  main
    join 100
      Player 4000 x3
      Map.set 2000
    parse 50
  (V8 API) 10
`;

function read(
  json: object | string,
  options: { kind?: HeapProfileKind; cuts?: number[]; limits?: Partial<ProfileLimits> } = {},
) {
  const bytes = new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json));
  const reader = new HeapProfileReader(options.kind ?? 'heap', options.limits);
  let at = 0;
  for (const cut of options.cuts ?? []) {
    reader.push(bytes.slice(at, at + cut));
    at += cut;
  }
  reader.push(bytes.slice(at));
  return chooseProfile(reader.end()).profile;
}

/** The file without its first node, changed. */
function changed(change: (json: HeapProfileJson) => object): string {
  try {
    read(change(heapProfileFromText(drawing)));
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  return 'nothing was wrong';
}

describe('reading a .heapprofile', () => {
  test('gives every stack the bytes that V8 estimates, with the samples they were seen in', () => {
    const profile = read(heapProfileFromText(drawing));
    expect(profile.valueTypes).toEqual([
      { type: 'samples', unit: 'count' },
      { type: 'inuse_space', unit: 'bytes' },
    ]);
    expect(drawn(profile)).toEqual([
      '(root) (total: 6160, self: 0)',
      '  main (total: 6150, self: 0)',
      '    join (total: 6100, self: 100)',
      '      Player (total: 4000, self: 4000)',
      '      Map.set (total: 2000, self: 2000)',
      '    parse (total: 50, self: 50)',
      '  (V8 API) (total: 10, self: 10)',
    ]);
    expect(toCallTree(profile).totalCount[0]).toBe(7);
    expect(topFunctions(profile, { valueType: 0 }).functions[0]).toMatchObject({ name: 'Player', self: 3 });
  });

  test('has no order in time, and nothing in it is idle', () => {
    const profile = read(heapProfileFromText('(idle) 10'));
    expect(profile.timeline).toBeUndefined();
    expect(toCallTree(read(heapProfileFromText('(IDLE) 10'))).total[0]).toBe(10);
  });

  test('calls what was allocated otherwise than what is in use', () => {
    const profile = read(heapProfileFromText(drawing), { kind: 'allocation' });
    expect(profile.valueTypes[profile.defaultValueType]?.type).toBe('alloc_space');
  });

  test('counts nothing where the file lists no samples', () => {
    const { samples: _, ...json } = heapProfileFromText(drawing);
    const profile = read(json);
    expect(profile.valueTypes).toEqual([{ type: 'inuse_space', unit: 'bytes' }]);
    expect(toCallTree(profile).total[0]).toBe(6160);
  });

  test('takes the fields in any order and passes over those it does not know', () => {
    const reversed = (node: HeapNodeJson): object => ({
      children: node.children.map(reversed),
      attributes: [{ a: [null] }],
      id: node.id,
      selfSize: node.selfSize,
      callFrame: node.callFrame,
    });
    const json = heapProfileFromText(drawing);
    expect(drawn(read({ extra: true, samples: json.samples, head: reversed(json.head) }))).toEqual(
      drawn(read(json)),
    );
  });

  test('puts a root above a head that is none', () => {
    const json = heapProfileFromText(drawing);
    const [main] = json.head.children;
    const profile = read({ head: main, samples: [] });
    expect(drawn(profile).slice(0, 2)).toEqual([
      '(root) (total: 6150, self: 0)',
      '  main (total: 6150, self: 0)',
    ]);
  });

  test('reads stacks of any depth', () => {
    const depth = 20_000;
    const begin = '{"callFrame":{"functionName":"f"},"selfSize":1,"children":[';
    const text = `{"head":${begin.repeat(depth)}${']}'.repeat(depth)}}`;
    expect(toCallTree(read(text)).total[0]).toBe(depth);
  });

  test('leaves out samples of what V8 allocated while it wrote the file', () => {
    const json = heapProfileFromText(drawing);
    const profile = read({ ...json, samples: [...json.samples, { size: 1, nodeId: 77, ordinal: 99 }] });
    expect(toCallTree(profile).totalCount[0]).toBe(json.samples.length);
  });

  test('keeps sizes beyond 32 bits', () => {
    const profile = read(heapProfileFromText('huge 80000000000'));
    expect(toCallTree(profile).total[0]).toBe(8e10);
  });
});

describe('a .heapprofile that cannot be right', () => {
  const head = (change: object) => (json: HeapProfileJson) => ({
    ...json,
    head: { ...json.head, ...change },
  });
  test.each<[string, (json: HeapProfileJson) => object]>([
    ['head is missing', ({ head: _, ...json }) => json],
    ['selfSize of node 0 is missing', head({ selfSize: undefined })],
    ['selfSize of node 0 is not a whole number', head({ selfSize: -4 })],
    ['callFrame of node 0 is missing', head({ callFrame: undefined })],
    ['callFrame.functionName of node 0 is missing', head({ callFrame: {} })],
    ['children of node 0 must not be an object', head({ children: {} })],
    ['an entry of the children of node 0 must not be a number', head({ children: [3] })],
    ['head must not be a list', (json) => ({ ...json, head: [] })],
    ['samples[0].nodeId is missing', (json) => ({ ...json, samples: [{ size: 1 }] })],
    ['samples must not be an object', (json) => ({ ...json, samples: {} })],
    ['the file as a whole must not be a list', () => []],
  ])('is refused: %s', (sentence, change) => {
    expect(changed(change)).toBe(`The profile cannot be used: ${sentence}.`);
  });

  test('is refused wherever it was cut off, naming its end', () => {
    const whole = JSON.stringify(heapProfileFromText(drawing));
    for (let length = 0; length < whole.length; length++) {
      const error = catchError(() => read(whole.slice(0, length)));
      expect(error).toBeInstanceOf(ProfileSyntaxError);
      expect((error as ProfileSyntaxError).offsetBytes).toBe(length);
    }
  });

  test('is refused with a sentence, never with anything else, whatever was damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
    const whole = new TextEncoder().encode(JSON.stringify(heapProfileFromText(drawing)));
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const reader = new HeapProfileReader('heap');
        const error = catchError(() => {
          reader.push(bytes);
          toCallTree(chooseProfile(reader.end()).profile);
        });
        if (error !== undefined) expect(error).toBeInstanceOf(ProfileError);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Partial<ProfileLimits>]>([
    ['nodes', { maxNodes: 3 }],
    ['samples', { maxSamples: 3 }],
    ['frames in one stack', { maxDepth: 3 }],
    ['bytes of distinct names', { maxStringTableBytes: 8 }],
    ['bytes', { maxFileBytes: 100 }],
  ])('is refused when it has too many %s', (limit, limits) => {
    const error = catchError(() => read(heapProfileFromText(drawing), { limits }));
    expect(error).toBeInstanceOf(ProfileLimitError);
    expect((error as ProfileLimitError).limit).toBe(limit);
  });
});

describe('recordings of real processes', () => {
  const folder = new URL('../fixtures/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.heapprofile'));

  test.each(names)('%s adds up like the plain JSON does, wherever its chunks are cut', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const json = JSON.parse(text) as HeapProfileJson;
    const profile = read(text, { cuts: [1, 2, 3, 1000, 77] });
    const tree = toCallTree(profile);
    expect(profile.nodes.length).toBe(idsOf(json.head).length);
    expect(tree.total[0]).toBe(sumSelf(json.head));
    const ids = new Set(idsOf(json.head));
    expect(tree.totalCount[0]).toBe(json.samples.filter(({ nodeId }) => ids.has(nodeId)).length);
    const totals = toFunctionTotals(tree, profile.functions.length);
    expect(sum(totals.self)).toBe(tree.total[0]);
    expect(stacksOf(profile)).toEqual(expectedStacks(json.head, []));
  });
});

function drawn(profile: Profile): string[] {
  return formatCallTree(profile, toCallTree(profile));
}

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

function idsOf(node: HeapNodeJson): number[] {
  return [node.id, ...node.children.flatMap(idsOf)];
}

function sumSelf(node: HeapNodeJson): number {
  return node.selfSize + sum(node.children.map(sumSelf));
}

function stacksOf({ nodes, samples, functions, strings, valueTypes }: Profile): string[] {
  const space = samples.values[valueTypes.findIndex(({ unit }) => unit === 'bytes')];
  return Array.from(samples.node, (leaf, index) => {
    const stack: string[] = [];
    for (let at = leaf; at > 0; at = nodes.parent[at] as number)
      stack.push(strings[functions.name[nodes.func[at] as number] as number] ?? '');
    return `${stack.reverse().join(';')} ${space?.[index]}`;
  });
}

/** The same, straight from the JSON. */
function expectedStacks(node: HeapNodeJson, callers: readonly string[]): string[] {
  const own = node.selfSize > 0 ? [`${callers.join(';')} ${node.selfSize}`] : [];
  return [
    ...own,
    ...node.children.flatMap((child) => expectedStacks(child, [...callers, child.callFrame.functionName])),
  ];
}
