import type { Profile } from '../model/profile.ts';
import { sumSamples } from './sample-sums.ts';

/** What each function took itself in the whole profile, idle time too, by the default value type. */
export function selfOfFunctions(profile: Profile): Float64Array {
  const { functions, nodes, defaultValueType } = profile;
  // The sums of everything are kept, and the first tree needs them too.
  const sums = sumSamples(profile, {
    valueType: defaultValueType,
    labelSets: undefined,
    timeRange: undefined,
  });
  const self = new Float64Array(functions.length);
  for (let node = 0; node < nodes.length; node++) {
    const func = nodes.func[node] as number;
    self[func] = (self[func] as number) + (sums.self[node] as number);
  }
  return self;
}
