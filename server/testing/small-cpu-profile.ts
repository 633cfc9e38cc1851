const emptyProfile = {
  nodes: [
    {
      id: 1,
      callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
      hitCount: 0,
      children: [2],
    },
    {
      id: 2,
      callFrame: {
        functionName: 'spin',
        scriptId: '7',
        url: 'file:///srv/spin.js',
        lineNumber: 2,
        columnNumber: 4,
      },
      hitCount: 3,
    },
  ],
  startTime: 1000,
  endTime: 4000,
  samples: [2, 2, 2],
  timeDeltas: [1000, 1000, 1000],
};

/** A small but right V8 CPU profile. */
export const smallCpuProfile: Uint8Array = new TextEncoder().encode(JSON.stringify(emptyProfile));
