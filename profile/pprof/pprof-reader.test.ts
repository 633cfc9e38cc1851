import fc from 'fast-check';
import {
  Function as Func,
  Label,
  Line,
  Location,
  Mapping,
  Profile as Message,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ProfileError, ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import { findLabelSets, toLabelFacets } from '../labels/label-facets.ts';
import { NOT_A_TEXT, type Profile, type ProfileLimits } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { encodePprof } from './encode-pprof.ts';
import { PprofReader } from './pprof-reader.ts';

const drawing = `
  contentions/count    delay/nanoseconds
  main;load;query@db.js:4  3 1200 type=network host=db
  main;load;sleep          1 9000 type=timer
  main;load;query@db.js:4  2  800 type=network host=cache
  main                     1  100
`;

function read(
  bytes: Uint8Array,
  options: { cuts?: readonly number[]; limits?: Partial<ProfileLimits> } = {},
): Profile {
  const reader = new PprofReader(options.limits);
  let at = 0;
  for (const cut of options.cuts ?? []) {
    reader.push(bytes.slice(at, at + cut));
    at += cut;
  }
  reader.push(bytes.slice(at));
  return chooseProfile(reader.end()).profile;
}

/** `root;…;leaf values {labels}`, sorted. */
function samplesOf(profile: Profile): string[] {
  const { nodes, samples, functions, strings, labels } = profile;
  const text = (index: number | undefined) => strings[index ?? 0] ?? '';
  const labelAt = (at: number) =>
    labels.text[at] === NOT_A_TEXT
      ? `${text(labels.key[at])}=${labels.number[at]}${text(labels.unit[at])}`
      : `${text(labels.key[at])}=${text(labels.text[at])}`;
  return Array.from(samples.node, (leaf, index) => {
    const stack: string[] = [];
    for (let at = leaf; at > 0; at = nodes.parent[at] as number) {
      const func = nodes.func[at] as number;
      stack.push(`${text(functions.name[func])}@${text(functions.url[func])}:${functions.line[func]}`);
    }
    const set = samples.labelSet?.[index] ?? 0;
    const range = { length: (labels.start[set + 1] ?? 0) - (labels.start[set] ?? 0) };
    const own = Array.from(range, (_, at) => labelAt((labels.start[set] ?? 0) + at)).sort();
    const values = samples.values.map((column) => column?.[index]).join(' ');
    return `${stack.reverse().join(';')} ${values} {${own.join(',')}}`;
  }).sort();
}

describe('reading pprof', () => {
  test('merges samples into a tree by any of its value types', () => {
    const profile = readPprof(pprofFromText(drawing));
    expect(profile.valueTypes.map(({ type, unit }) => `${type}/${unit}`)).toEqual([
      'contentions/count',
      'delay/nanoseconds',
    ]);
    expect(profile.valueTypes[profile.defaultValueType]?.type).toBe('delay');
    expect(formatCallTree(profile, toCallTree(profile))).toEqual([
      '(root) (total: 11100, self: 0)',
      '  main (total: 11100, self: 100)',
      '    load (total: 11000, self: 0)',
      '      sleep (total: 9000, self: 9000)',
      '      query (total: 2000, self: 2000)',
    ]);
    const byCount = toCallTree(profile, { valueType: 0 });
    expect(formatCallTree(profile, byCount)[3]).toBe('      query (total: 5, self: 5)');
    expect(toCallTree(profile).totalCount[0]).toBe(7);
  });

  test('has no order in time', () => {
    expect(readPprof(pprofFromText(drawing)).timeline).toBeUndefined();
  });

  test('tells samples apart by their labels, which are choices where they are texts', () => {
    const profile = readPprof(pprofFromText(`${drawing}\n main 1 50 type=timer tries=-3`));
    expect(toLabelFacets(profile)).toEqual([
      {
        key: 'type',
        values: [
          { value: 'timer', totals: [2, 9050] },
          { value: 'network', totals: [5, 2000] },
        ],
        leftOut: 0,
      },
      {
        key: 'host',
        values: [
          { value: 'db', totals: [3, 1200] },
          { value: 'cache', totals: [2, 800] },
        ],
        leftOut: 0,
      },
    ]);
    const labelSets = findLabelSets(profile, [
      { key: 'type', value: 'network' },
      { key: 'host', value: 'db' },
    ]);
    expect(toCallTree(profile, { labelSets }).total[0]).toBe(1200);
    expect(toCallTree(profile, { labelSets: findLabelSets(profile, []) }).total[0]).toBe(11_150);
    const none = findLabelSets(profile, [{ key: 'type', value: 'dns' }]);
    expect(toCallTree(profile, { labelSets: none }).length).toBe(1);
  });

  test('expands inlined calls, the innermost first in the file', () => {
    const profile = read(
      encode(({ text, func, location, sample }) => {
        const outer = func({ name: text('outer') });
        const inner = func({ name: text('inner') });
        sample([location([inner, outer])], [5]);
      }),
    );
    expect(samplesOf(profile)).toEqual(['outer@:0;inner@:0 5 {}']);
  });

  test('names what has no name by its address in its file', () => {
    const profile = read(
      encode(({ text, message, sample }) => {
        message.mapping.push(new Mapping({ id: 7, filename: text('libc.so') }));
        message.location.push(new Location({ id: 900_000_000_000, mappingId: 7, address: 0x7fff_0000_1234 }));
        sample([900_000_000_000], [1]);
      }),
    );
    expect(samplesOf(profile)).toEqual(['0x7fff00001234@libc.so:0 1 {}']);
    expect(profile.recording.program).toBe('libc.so');
  });

  test('says where a function is by the only line it was seen at', () => {
    const profile = read(
      encode(({ text, func, message, sample }) => {
        const once = func({ name: text('once'), filename: text('a.js') });
        const twice = func({ name: text('twice'), filename: text('a.js') });
        const at = (id: number, functionId: number, line: number) =>
          message.location.push(new Location({ id, line: [new Line({ functionId, line })] }));
        at(1, once, 12);
        at(2, twice, 30);
        at(3, twice, 31);
        sample([2, 1], [1]);
        sample([3, 1], [2]);
      }),
    );
    expect(samplesOf(profile)).toEqual(['once@a.js:12;twice@a.js:0 1 {}', 'once@a.js:12;twice@a.js:0 2 {}']);
    expect(toCallTree(profile).length).toBe(3);
  });

  test('takes ids of 64 bits, and numbers that are not packed', () => {
    const id = 0xffff_ffff_8100_0000n;
    const profile = read(
      encode(({ text, func, message, sample }) => {
        const functionId = func({ name: text('kernel') });
        message.location.push(new Location({ id, line: [new Line({ functionId })] }));
        sample([id], [1]);
      }),
    );
    expect(samplesOf(profile)).toEqual(['kernel@:0 1 {}']);
    const unpacked = [0x0a, 2, 0x08, 1, 0x12, 4, 0x08, 1, 0x10, 9, 0x22, 6, 0x08, 1, 0x22, 2, 0x08, 1];
    const rest = [0x2a, 2, 0x08, 1, 0x32, 0, 0x32, 1, 0x66];
    expect(samplesOf(read(Uint8Array.from([...unpacked, ...rest])))).toEqual(['@:0 9 {}']);
  });

  test('keeps the plain names of what we wrote ourselves', () => {
    const profile = profileFromText('get@/x/a.js:3  get@/x/b.js:3  only@a.js:1  @a.js:9  (program)');
    const names = (of: Profile) => Array.from(of.functions.name, (name) => of.strings[name]).sort();
    expect(names(readPprof(encodePprof(profile)))).toEqual(names(profile));
  });

  test('keeps what is said of the recording', () => {
    const options = {
      startedAtMillis: 1_700_000_000_000,
      program: 'user-service',
      comments: ['thread main'],
      period: 500,
    };
    const { recording } = readPprof(encodePprof(profileFromText('a  b  c'), options));
    expect(recording).toEqual({
      startedAtMillis: 1_700_000_000_000,
      durationMicros: 3000,
      period: { type: 'cpu', unit: 'nanoseconds', every: 500_000 },
      program: 'user-service',
      comments: ['thread main'],
    });
  });
});

describe('a pprof file that cannot be right', () => {
  const problem = (bytes: Uint8Array): string => {
    try {
      read(bytes);
    } catch (error) {
      if (error instanceof ProfileError) return error.message;
      throw error;
    }
    return 'nothing was wrong';
  };

  test.each<[string, (build: Build) => void]>([
    ['sample[].location_id names a location that is not in the file', ({ sample }) => sample([4], [1])],
    [
      'line 0 of the locations names a function that is not in the file',
      ({ sample, location }) => sample([location([77])], [1]),
    ],
    ['sample[0].value has 2 entries for 1 sample types', ({ sample }) => sample([], [1, 2])],
    [
      'sample[1].value has 2 entries where the first sample has 1',
      ({ sample }) => {
        sample([], [1]);
        sample([], [1, 2]);
      },
    ],
    ['sample[0].value[0] is negative, as in a difference of profiles', ({ sample }) => sample([], [-1])],
    ['sample[0].value[0] is out of range', ({ sample }) => sample([], [2 ** 60])],
    [
      'function[0].name names text 99, which is not in the file',
      ({ func, location, sample }) => sample([location([func({ name: 99 })])], [1]),
    ],
    [
      'location[1].id is that of location[0] as well',
      ({ message }) => message.location.push(new Location({ id: 3 }), new Location({ id: 3 })),
    ],
    [
      'the key of a label names text 99, which is not in the file',
      ({ message }) =>
        message.sample.push(new Sample({ value: [1], label: [new Label({ key: 99, str: 1 })] })),
    ],
    [
      'default_sample_type names text 99, which is not in the file',
      ({ message }) => (message.defaultSampleType = 99),
    ],
  ])('is refused: %s', (sentence, build) => {
    expect(problem(encode(build))).toBe(`The profile cannot be used: ${sentence}.`);
  });

  test('is refused when it is empty, or no pprof at all', () => {
    expect(problem(new Uint8Array(0))).toBe('The profile cannot be used: string_table is missing.');
    expect(problem(new TextEncoder().encode('{"nodes":[]}'))).toMatch(
      /^The profile is corrupt: .* at byte \d+\.$/,
    );
    expect(problem(Uint8Array.of(0x32, 0))).toBe('The profile cannot be used: sample_type is missing.');
  });

  test('is refused when it was cut off, naming the byte', () => {
    const whole = pprofFromText(drawing);
    for (let length = 1; length < whole.length; length++) {
      const error = catchError(() => read(whole.slice(0, length)));
      // Cut between two fields, some of them are missing.
      expect(error).toBeInstanceOf(ProfileError);
      if (error instanceof ProfileSyntaxError) expect(error.offsetBytes).toBe(length);
    }
  });

  test('is refused with a sentence, never with anything else, whatever was damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 });
    const whole = pprofFromText(drawing);
    fc.assert(
      fc.property(damage, fc.nat({ max: whole.length }), (changes, cut) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const error = catchError(() => toCallTree(read(bytes, { cuts: [cut] })));
        if (error !== undefined) expect(error).toBeInstanceOf(ProfileError);
      }),
      { numRuns: 2000 },
    );
  });

  test('is refused with a sentence when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const error = catchError(() => read(bytes));
        if (error !== undefined) expect(error).toBeInstanceOf(ProfileError);
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, Partial<ProfileLimits>]>([
    ['samples', { maxSamples: 3 }],
    ['frames in one stack', { maxDepth: 2 }],
    ['nodes', { maxNodes: 2 }],
    ['distinct labels', { maxLabelSets: 1 }],
    ['bytes in one string', { maxStringBytes: 3 }],
    ['bytes of distinct names', { maxStringTableBytes: 8 }],
    ['bytes', { maxFileBytes: 100 }],
  ])('is refused when it has too many %s', (limit, limits) => {
    const error = catchError(() => read(pprofFromText(drawing), { limits }));
    expect(error).toBeInstanceOf(ProfileLimitError);
    expect((error as ProfileLimitError).limit).toBe(limit);
  });

  test('is refused when a field claims to be endless', () => {
    const error = catchError(() => read(Uint8Array.of(0x12, 0xff, 0xff, 0xff, 0xff, 0x0f)));
    expect((error as ProfileLimitError).limit).toBe('bytes in one field');
  });
});

const name = fc.constantFrom('main', 'load', 'query', 'draw', '(root)', '');
const label = fc.tuple(
  fc.constantFrom('type', 'host', 'tries'),
  fc.oneof(fc.constantFrom('network', 'timer'), fc.integer()),
);
const anySample = fc.record({
  stack: fc.array(fc.tuple(name, fc.nat({ max: 3 })), { maxLength: 8 }),
  values: fc.tuple(fc.nat(), fc.nat({ max: 2 ** 40 })),
  labels: fc.uniqueArray(label, { maxLength: 3, selector: ([key]) => key }),
});

/** Written by another encoder than ours. */
const anyPprof = fc.array(anySample, { maxLength: 30 }).map((samples) =>
  encode(
    ({ text, func, location, message }) => {
      const places = new Map<string, number>();
      for (const { stack, values, labels } of samples) {
        const locationId = stack.map(([called, line]) => {
          const key = `${called}:${line}`;
          const id =
            places.get(key) ??
            location([
              func({ name: text(called), systemName: text(called), filename: text('a.js'), startLine: line }),
            ]);
          places.set(key, id);
          return id;
        });
        message.sample.push(
          new Sample({
            locationId,
            value: [...values],
            label: labels.map(([key, value]) =>
              typeof value === 'string'
                ? new Label({ key: text(key), str: text(value) })
                : new Label({ key: text(key), num: value, numUnit: text('times') }),
            ),
          }),
        );
      }
    },
    ['contentions/count', 'delay/nanoseconds'],
  ),
);

describe('every pprof file', () => {
  test('reads the same wherever its chunks are cut', () => {
    fc.assert(
      fc.property(anyPprof, fc.array(fc.nat({ max: 40 }), { maxLength: 60 }), (bytes, cuts) => {
        expect(read(bytes, { cuts })).toEqual(read(bytes));
      }),
    );
  });

  test('keeps stacks, values and labels when it is written and read again', () => {
    fc.assert(
      fc.property(anyPprof, (bytes) => {
        const once = read(bytes);
        const again = read(encodePprof(once, { includeIdle: true }));
        expect(summed(samplesOf(again))).toEqual(summed(samplesOf(once)));
        expect(again.valueTypes).toEqual(once.valueTypes);
        expect(again.defaultValueType).toBe(once.defaultValueType);
        expect(samplesOf(read(encodePprof(again, { includeIdle: true })))).toEqual(samplesOf(again));
      }),
    );
  });

  test('loses and invents nothing on the way into a tree', () => {
    fc.assert(
      fc.property(anyPprof, (bytes) => {
        const profile = read(bytes);
        profile.valueTypes.forEach((_, valueType) => {
          const sum = [...(profile.samples.values[valueType] ?? [])].reduce((all, value) => all + value, 0);
          expect(toCallTree(profile, { valueType }).total[0]).toBe(sum);
        });
      }),
    );
  });
});

/** Samples that tell the same story as one, as an encoder may write them. */
function summed(lines: readonly string[]): Map<string, [number, number]> {
  const sums = new Map<string, [number, number]>();
  for (const line of lines) {
    const [, stack = '', first, second, labels] = /^(.*) (\d+) (\d+) (\{.*\})$/.exec(line) ?? [];
    const key = `${stack} ${labels}`;
    const [a, b] = sums.get(key) ?? [0, 0];
    sums.set(key, [a + Number(first), b + Number(second)]);
  }
  return sums;
}

interface Build {
  readonly message: Message;
  text(value: string): number;
  func(fields: { name: number; systemName?: number; filename?: number; startLine?: number }): number;
  /** Of the functions with these ids, the innermost first. */
  location(functionIds: readonly number[]): number;
  sample(locationId: readonly (number | bigint)[], value: readonly number[]): void;
}

/** A file as pprof-format writes it. */
function encode(build: (build: Build) => unknown, types: readonly string[] = ['samples/count']): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const message = new Message({
    stringTable,
    sampleType: types.map((type) => {
      const [name = '', unit = ''] = type.split('/');
      return new ValueType({ type: text(name), unit: text(unit) });
    }),
  });
  build({
    message,
    text,
    func: (fields) => {
      const id = message.function.length + 1;
      message.function.push(new Func({ id, ...fields }));
      return id;
    },
    location: (functionIds) => {
      const id = message.location.length + 1;
      message.location.push(
        new Location({ id, line: functionIds.map((functionId) => new Line({ functionId })) }),
      );
      return id;
    },
    sample: (locationId, value) => {
      message.sample.push(new Sample({ locationId: [...locationId], value: [...value] }));
    },
  });
  return message.encode();
}

function catchError(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
