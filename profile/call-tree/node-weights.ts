import type { Counts } from '../model/add-up.ts';
import { memo } from '../model/memo.ts';
import { FRAME_KIND, type IndexIntoValueTypes, type Profile } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import type { TimeRange } from '../transform/transform.ts';
import { sumSamples } from './sample-sums.ts';

export interface WeighOptions {
  /** What to weigh by; the profile's default unless said otherwise. */
  readonly valueType?: IndexIntoValueTypes | undefined;
  /** Count the time in which the thread had nothing to do. Left out by default: shares then tell of work. */
  readonly includeIdle?: boolean;
  /** 1 for each set of labels whose samples count; all of them unless said otherwise. */
  readonly labelSets?: Uint8Array | undefined;
  /** Only what was taken in this time. Says nothing where samples have no order in time. */
  readonly timeRange?: TimeRange | undefined;
}

/** What the samples say of each stack node itself. */
export interface NodeWeights {
  /** In the unit of the value type. */
  readonly self: Float64Array;
  /** What the profile counts beside it: samples, objects, contentions. */
  readonly count: Counts;
  /** What was left out because the thread was idle. */
  readonly idle: Amount;
}

export interface Amount {
  /** In the unit of the value type. */
  readonly value: number;
  readonly count: number;
}

/** The columns are not to be written to, nor kept: the next call may write to them. `scratch`: where they may be. */
export function weighNodes(
  profile: Profile,
  options: WeighOptions = {},
  scratch = new Scratch(),
): NodeWeights {
  const { valueType = profile.defaultValueType, labelSets, timeRange } = options;
  const sums = sumSamples(profile, { valueType, labelSets, timeRange });
  if (options.includeIdle || !profile.functions.kind.includes(FRAME_KIND.idle))
    return { ...sums, idle: { value: 0, count: 0 } };
  const self = scratch.float64(sums.self.length);
  const count = scratch.like(sums.count, sums.count.length);
  self.set(sums.self);
  count.set(sums.count);
  return withoutIdle(profile, self, count);
}

function withoutIdle(profile: Profile, self: Float64Array, count: Counts): NodeWeights {
  const idle = { value: 0, count: 0 };
  for (const node of idleNodes(profile)) {
    idle.value += self[node] as number;
    idle.count += count[node] as number;
    self[node] = 0;
    count[node] = 0;
  }
  return { self, count, idle };
}

const idleNodes = memo(({ nodes, functions }: Profile): readonly number[] => {
  const idle: number[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (functions.kind[nodes.func[node] as number] === FRAME_KIND.idle) idle.push(node);
  }
  return idle;
});
