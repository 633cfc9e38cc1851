import { HOSTILE_NAMES, type HostileFile, jsonFile, TOO_DEEP, textFile } from './hostile-file.ts';

const frame = (functionName: string, url = 'app.js') => ({
  functionName,
  url,
  scriptId: '0',
  lineNumber: 1,
  columnNumber: 1,
});
const node = (id: unknown, children: unknown[] = [], name = `f${String(id)}`) => ({
  id,
  callFrame: frame(name),
  children,
});
const file = (nodes: unknown, samples: unknown = [1, 1], timeDeltas: unknown = [10, 10]) => ({
  nodes,
  samples,
  timeDeltas,
  startTime: 0,
  endTime: 100,
});

export function hostileCpuProfiles(): readonly HostileFile[] {
  const chain = Array.from({ length: TOO_DEEP }, (_, index) =>
    node(index + 1, index + 1 < TOO_DEEP ? [index + 2] : [], 'f'),
  );
  const wide = Array.from({ length: 50_000 }, (_, index) => node(index + 2, [], `f${index}`));
  const named = Object.entries(HOSTILE_NAMES).map(([what, name]) =>
    jsonFile(`name-of-${what}.cpuprofile`, file([{ id: 1, callFrame: frame(name, name) }])),
  );
  const said = Object.entries({
    'nodes-in-a-circle': file([node(1), node(2, [3]), node(3, [2])], [2]),
    'node-below-itself': file([node(1, [1])]),
    'node-with-two-parents': file([node(1, [3]), node(2, [3]), node(3)]),
    'ids-twice': file([node(1), node(1)]),
    'child-that-is-not-there': file([node(1, [7])]),
    'sample-that-is-not-there': file([node(1)], [9, 9]),
    'ids-that-are-negative': file([node(-1)], [-1, -1]),
    'ids-that-are-fractions': file([node(1.5)], [1.5, 1.5]),
    'ids-beyond-doubles': file([node(1e300)], [1e300, 1e300]),
    'ids-that-are-texts': file([node('1')]),
    'time-that-runs-back': file([node(1)], [1, 1, 1], [10, -1e9, 10]),
    'time-without-end': file([node(1)], [1, 1], [1e308, 1e308]),
    'fewer-deltas-than-samples': file([node(1)], [1, 1, 1], [1]),
    'nodes-that-are-an-object': file({ 0: node(1) }),
    'nodes-that-are-null': file(null),
    'nodes-that-are-numbers': file([1, 2, 3]),
    'samples-within-samples': file([node(1)], [[1], [1]]),
    'no-nodes': file([]),
    'no-samples': file([node(1)], [], []),
    'stack-without-end': file(chain, [TOO_DEEP, 1]),
    'fifty-thousand-functions': file(
      [
        node(
          1,
          wide.map(({ id }) => id),
        ),
        ...wide,
      ],
      wide.map(({ id }) => id),
      wide.map(() => 1),
    ),
  }).map(([what, json]) => jsonFile(`${what}.cpuprofile`, json));
  return [
    ...named,
    ...said,
    textFile('number-that-is-none.cpuprofile', '{"nodes":[{"id":NaN,"callFrame":{"functionName":""}}]}'),
    textFile('number-without-end.cpuprofile', `{"nodes":[],"samples":[${'9'.repeat(100_000)}]}`),
    textFile(
      'number-beyond-doubles.cpuprofile',
      '{"nodes":[],"samples":[1e999],"timeDeltas":[1e999],"endTime":1e999}',
    ),
    textFile('nesting-without-end.cpuprofile', `{"nodes":${'['.repeat(200_000)}`),
    textFile('objects-without-end.cpuprofile', `{"nodes":${'{"x":'.repeat(100_000)}`),
    textFile(
      'name-beyond-a-megabyte.cpuprofile',
      `{"nodes":[{"callFrame":{"functionName":"${'x'.repeat(3 << 20)}"}}]}`,
    ),
    textFile('fields-twice.cpuprofile', '{"nodes":[],"nodes":[],"samples":[],"timeDeltas":[]}'),
    textFile(
      'text-behind-its-end.cpuprofile',
      '{"nodes":[],"samples":[],"timeDeltas":[]}<script>alert(1)</script>',
    ),
    textFile(
      'bytes-that-are-no-utf-8.cpuprofile',
      '{"nodes":[{"id":1,"callFrame":{"functionName":"\\ud800\\udfff\\ud800"}}],"samples":[1],"timeDeltas":[1]}',
    ),
  ];
}
