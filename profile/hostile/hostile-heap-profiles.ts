import { type HostileFile, jsonFile, TOO_DEEP, textFile } from './hostile-file.ts';

const node = (id: unknown, selfSize: unknown, children: unknown[] = []) => ({
  callFrame: { functionName: 'f', url: 'a.js', scriptId: '0', lineNumber: 1, columnNumber: 1 },
  selfSize,
  id,
  children,
});

export function hostileHeapProfiles(): readonly HostileFile[] {
  const open = '{"callFrame":{"functionName":"f","url":""},"selfSize":1,"id":1,"children":[';
  return [
    jsonFile('size-that-is-negative.heapprofile', { head: node(1, -5), samples: [] }),
    jsonFile('size-that-is-a-text.heapprofile', { head: node(1, '5'), samples: [] }),
    jsonFile('ids-twice.heapprofile', {
      head: node(1, 1, [node(1, 1)]),
      samples: [{ size: 1, nodeId: 1, ordinal: 1 }],
    }),
    jsonFile('sample-of-no-node.heapprofile', {
      head: node(1, 1),
      samples: [{ size: 1, nodeId: 9, ordinal: 1 }],
    }),
    jsonFile('children-that-are-numbers.heapprofile', { head: node(1, 1, [2]), samples: [] }),
    jsonFile('head-that-is-a-list.heapprofile', { head: [node(1, 1)], samples: [] }),
    jsonFile('no-head.heapprofile', { samples: [] }),
    textFile(
      'size-beyond-doubles.heapprofile',
      '{"head":{"callFrame":{"functionName":"f"},"selfSize":1e999,"id":1,"children":[]}}',
    ),
    textFile('stack-without-end.heapprofile', `{"head":${open.repeat(TOO_DEEP)}`),
    textFile(
      'stack-at-the-limit.heapprofile',
      `{"head":${open.repeat(65_000)}${']}'.repeat(65_000)},"samples":[]}`,
    ),
  ];
}
