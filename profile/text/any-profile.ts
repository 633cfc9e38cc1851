import fc from 'fast-check';
import type { Profile } from '../model/profile.ts';
import { type CpuProfileJson, cpuProfileFromText, readCpuProfile } from './profile-from-text.ts';

/** Few enough functions that they call themselves and each other, of every origin. */
const FRAMES = ['a', 'b', 'c@own.js:4', 'pack@/app/node_modules/pack/x.js:1', 'run@node:vm:7', 'write@:0'];

/** A stack of frames from the root; empty: the root itself was sampled. */
const anyStack = fc.array(fc.constantFrom(...FRAMES), { maxLength: 7 });

/** What a sample stands for in microseconds, beside its stack. */
export interface DrawnSample {
  readonly stack: readonly string[];
  readonly micros: number;
  /** V8 wrote a node of its own for this sample's leaf, though there is one of the same function under the same caller. */
  readonly isApart?: boolean;
}

export const anySamples: fc.Arbitrary<DrawnSample[]> = fc.array(
  fc.record({
    stack: fc.oneof({ weight: 9, arbitrary: anyStack }, { weight: 1, arbitrary: fc.constant(['(idle)']) }),
    micros: fc.nat({ max: 5000 }),
    isApart: fc.boolean(),
  }),
  { maxLength: 25 },
);

/** The drawing of the samples, read. */
export function profileFromSamples(samples: readonly DrawnSample[]): Profile {
  return readCpuProfile(JSON.stringify(fileFromSamples(samples)));
}

function fileFromSamples(samples: readonly DrawnSample[]) {
  const stacks = samples.map(({ stack }) => (stack.length === 0 ? ['root'] : stack));
  const deepest = Math.max(1, ...stacks.map((stack) => stack.length));
  const lines = Array.from({ length: deepest }, (_, depth) =>
    stacks.map((stack) => (stack[depth] ?? '').padEnd(40)).join(''),
  );
  const file = cpuProfileFromText(lines.join('\n'));
  const sampled = samples.map(({ stack, isApart = false }, at) => {
    const leaf = file.samples[at] ?? 1;
    if (stack.length === 0) return 1;
    return isApart ? writeAgain(file.nodes, leaf) : leaf;
  });
  const micros = samples.map((sample) => sample.micros);
  return {
    ...file,
    samples: sampled,
    timeDeltas: [0, ...micros.slice(0, -1)].slice(0, samples.length),
    endTime: micros.reduce((sum, each) => sum + each, 0),
  };
}

/** The id of a second node like this one. */
function writeAgain(nodes: CpuProfileJson['nodes'], id: number): number {
  const again = nodes.length + 1;
  const node = nodes[id - 1];
  const above = nodes.find(({ children }) => children?.includes(id));
  if (node === undefined || above === undefined) return id;
  nodes.push({ id: again, callFrame: node.callFrame, hitCount: 0 });
  above.children = [...(above.children ?? []), again];
  return again;
}
