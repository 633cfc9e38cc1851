import { addUp, type Counts } from '../model/add-up.ts';
import { FRAME_KIND, type IndexIntoValueTypes, type Profile } from '../model/profile.ts';
import { findCountOf } from './count-type.ts';

export interface WeighOptions {
  /** What to weigh by; the profile's default unless said otherwise. */
  readonly valueType?: IndexIntoValueTypes | undefined;
  /** Count the time in which the thread had nothing to do. Left out by default: shares then tell of work. */
  readonly includeIdle?: boolean;
  /** 1 for each set of labels whose samples count; all of them unless said otherwise. */
  readonly labelSets?: Uint8Array | undefined;
}

/** What the samples say of each stack node itself. */
export interface NodeWeights {
  /** In the unit of the value type. */
  readonly self: Float64Array;
  /** What the profile counts beside it: samples, objects, contentions. */
  readonly count: Counts;
  /** What was left out because the thread was idle. */
  readonly idle: { readonly value: number; readonly count: number };
}

export function weighNodes(profile: Profile, options: WeighOptions = {}): NodeWeights {
  const { nodes, samples, functions } = profile;
  const valueType = options.valueType ?? profile.defaultValueType;
  const countType = findCountOf(profile.valueTypes, valueType);
  const kept = keptSamples(profile, options.labelSets);
  const self = new Float64Array(nodes.length);
  addUp(samples.node, samples.values[valueType], kept, self);
  const countColumn = countType === undefined ? undefined : samples.values[countType];
  const count = new (countColumn === undefined ? Uint32Array : Float64Array)(nodes.length);
  addUp(samples.node, countColumn, kept, count);
  const idle = { value: 0, count: 0 };
  if (options.includeIdle) return { self, count, idle };
  for (let at = 0; at < nodes.length; at++) {
    if (functions.kind[nodes.func[at] as number] !== FRAME_KIND.idle) continue;
    idle.value += self[at] as number;
    idle.count += count[at] as number;
    self[at] = 0;
    count[at] = 0;
  }
  return { self, count, idle };
}

/** 1 for each sample that counts; undefined when all do. */
function keptSamples({ samples }: Profile, labelSets: Uint8Array | undefined): Uint8Array | undefined {
  if (labelSets === undefined) return undefined;
  const { labelSet } = samples;
  return Uint8Array.from({ length: samples.length }, (_, index) => labelSets[labelSet?.[index] ?? 0] ?? 0);
}
