const SAMPLE_MICROS = 1_000;

const frames = {
  root: { functionName: '(root)', url: '', scriptId: '0', lineNumber: -1, columnNumber: -1 },
  handle: frame('handle', 'file:///srv/app/server.js'),
  login: frame('login', 'file:///srv/app/login.js'),
  hash: frame('hash', 'file:///srv/node_modules/bcryptjs/index.js'),
  join: frame('join', 'file:///srv/app/lobby.js'),
  send: frame('send', 'file:///srv/node_modules/ws/lib/sender.js'),
  mask: frame('mask', 'file:///srv/node_modules/ws/lib/sender.js'),
};
const nodes = [
  { id: 1, callFrame: frames.root, children: [2] },
  { id: 2, callFrame: frames.handle, children: [3, 5] },
  { id: 3, callFrame: frames.login, children: [4] },
  { id: 4, callFrame: frames.hash },
  { id: 5, callFrame: frames.join, children: [6] },
  { id: 6, callFrame: frames.send, children: [7] },
  { id: 7, callFrame: frames.mask },
];
const repeated = (id: number, times: number) => Array.from({ length: times }, () => id);
/** 200 ms: in the first half `login` with 80 ms of `hash`, in the second `join` with 50 of `send`, of which 30 are `mask`'s. */
const samples = [
  ...repeated(3, 20),
  ...repeated(4, 80),
  ...repeated(5, 50),
  ...repeated(6, 20),
  ...repeated(7, 30),
];
const timeDeltas = samples.map((_, index) => (index === 0 ? 0 : SAMPLE_MICROS));

/** As Node.js writes it. */
export const CPU_PROFILE = asFile('server.cpuprofile', {
  nodes,
  startTime: 0,
  endTime: samples.length * SAMPLE_MICROS,
  samples,
  timeDeltas,
});

const thread = { pid: 7, tid: 7 };
/** As Chrome writes it: a thread with tasks of known names, in which V8 sampled. */
export const TRACE = asFile('page.trace.json', {
  traceEvents: [
    { ...thread, ph: 'M', name: 'thread_name', cat: '__metadata', ts: 0, args: { name: 'CrRendererMain' } },
    ...Array.from({ length: 10 }, (_, nth) => ({
      ...thread,
      ph: 'X',
      name: nth % 2 === 0 ? 'RunTask' : 'Layout',
      cat: 'devtools.timeline',
      ts: 1_000 + nth * 20_000,
      dur: 15_000,
    })),
    {
      ...thread,
      ph: 'P',
      name: 'Profile',
      cat: 'disabled-by-default-v8.cpu_profiler',
      id: '0x1',
      ts: 1_000,
      args: { data: { startTime: 1_000 } },
    },
    {
      ...thread,
      ph: 'P',
      name: 'ProfileChunk',
      cat: 'disabled-by-default-v8.cpu_profiler',
      id: '0x1',
      ts: 201_000,
      args: {
        data: { cpuProfile: { nodes: nodes.map(withParent), samples }, timeDeltas },
      },
    },
  ],
});

/** Where files of V8 name children, chunks name the parent. */
function withParent({ id, callFrame }: (typeof nodes)[number]) {
  const parent = nodes.find(({ children }) => children?.includes(id))?.id;
  return { id, callFrame, ...(parent === undefined ? {} : { parent }) };
}

function frame(functionName: string, url: string) {
  return { functionName, url, scriptId: '0', lineNumber: 9, columnNumber: 4 };
}

function asFile(name: string, content: unknown) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) };
}

/** In pprof's form: `main` calls `query`, which waits for type=network, and `sleep`, for type=timer. */
export const WAITS = {
  name: 'waits.pb',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(
    [
      'CgQIARACCgQIAxAEEg8KAgECEgMDsAkaBAgFEAYSDwoCAwISAwGoRhoECAUQByIGCAEiAggBKggIARAIGAggCSIGCA',
      'IiAggCKggIAhAKGAogCSIGCAMiAggDKggIAxALGAsgCTIAMgtjb250ZW50aW9uczIFY291bnQyBWRlbGF5MgtuYW5v',
      'c2Vjb25kczIEdHlwZTIHbmV0d29yazIFdGltZXIyBXF1ZXJ5MgZhcHAuanMyBG1haW4yBXNsZWVw',
    ].join(''),
    'base64',
  ),
};
