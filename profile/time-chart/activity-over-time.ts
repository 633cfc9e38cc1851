import type { Micros, Profile } from '../model/profile.ts';

/** How long a thread did what kind of thing in equal parts of its recording, to be seen all at once. */
export interface ActivityOverTime {
  readonly parts: number;
  readonly partMicros: Micros;
  /** By kind, the microseconds of each part one after another. */
  readonly micros: readonly Float64Array[];
}

/**
 * Sums up what was on top of every stack, exactly: a sample that lies in several parts is divided among them.
 *
 * @param profile one with a timeline.
 * @param kindOfFunction what each function counts as, from 0.
 */
export function toActivityOverTime(
  profile: Profile,
  kindOfFunction: Uint8Array,
  kinds: number,
  parts: number,
): ActivityOverTime {
  const { nodes, samples, defaultValueType } = profile;
  const durations = samples.values[defaultValueType];
  const kindOfNode = Uint8Array.from(nodes.func, (func) => kindOfFunction[func] as number);
  const micros = Array.from({ length: kinds }, () => new Float64Array(parts));
  let total = 0;
  for (let sample = 0; sample < samples.length; sample++)
    total += durations === undefined ? 1 : (durations[sample] as number);
  const partMicros = total / parts;
  let part = 0;
  let time = 0;
  for (let sample = 0; sample < samples.length; sample++) {
    const of = micros[kindOfNode[samples.node[sample] as number] as number] as Float64Array;
    const end = time + (durations === undefined ? 1 : (durations[sample] as number));
    for (; part < parts - 1 && end > (part + 1) * partMicros; part++) {
      const edge = (part + 1) * partMicros;
      of[part] = (of[part] as number) + edge - time;
      time = edge;
    }
    of[part] = (of[part] as number) + end - time;
    time = end;
  }
  return { parts, partMicros, micros };
}
