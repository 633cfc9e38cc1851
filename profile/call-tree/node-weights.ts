import { FRAME_KIND, type Profile } from '../model/profile.ts';

/** What the samples say of each stack node itself. */
export interface NodeWeights {
  /** In microseconds. */
  readonly self: Float64Array;
  readonly samples: Uint32Array;
  /** What was left out. */
  readonly idle: { readonly micros: number; readonly samples: number };
}

export function weighNodes(profile: Profile, includeIdle: boolean): NodeWeights {
  const { nodes, samples, functions } = profile;
  const self = new Float64Array(nodes.length);
  const counts = new Uint32Array(nodes.length);
  const { node, weight } = samples;
  for (let index = 0; index < samples.length; index++) {
    const at = node[index] as number;
    self[at] = (self[at] as number) + (weight[index] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  const idle = { micros: 0, samples: 0 };
  if (includeIdle) return { self, samples: counts, idle };
  for (let at = 0; at < nodes.length; at++) {
    if (functions.kind[nodes.func[at] as number] !== FRAME_KIND.idle) continue;
    idle.micros += self[at] as number;
    idle.samples += counts[at] as number;
    self[at] = 0;
    counts[at] = 0;
  }
  return { self, samples: counts, idle };
}
