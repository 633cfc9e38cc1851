interface ProfileJson {
  nodes: { id: number; callFrame: { functionName: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** The share of the recorded time that each function name had on top of the stack (self) and in it (total). */
export function profileTimes(bytes: Buffer): {
  self: Map<string, number>;
  total: Map<string, number>;
  top: string;
} {
  const profile = JSON.parse(bytes.toString()) as ProfileJson;
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const whole = profile.timeDeltas.reduce((sum, delta) => sum + delta, 0);
  for (const [index, sample] of profile.samples.entries()) {
    const share = (profile.timeDeltas[index] ?? 0) / whole;
    add(self, names.get(sample), share);
    const stack = new Set<string | undefined>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id))
      stack.add(names.get(id));
    for (const name of stack) add(total, name, share);
  }
  const [top] = [...self].toSorted(([, one], [, other]) => other - one)[0] ?? [''];
  return { self, total, top };
}

function add(shares: Map<string, number>, name: string | undefined, share: number): void {
  if (name !== undefined) shares.set(name, (shares.get(name) ?? 0) + share);
}
