import { NO_LABELS } from '../model/no-labels.ts';
import { NumberColumn } from '../model/number-column.ts';
import { type LabelTable, NOT_A_TEXT, type Profile } from '../model/profile.ts';
import type { FunctionUnion } from './function-union.ts';
import type { ProfileSource } from './merge-profiles.ts';

interface MergedLabels {
  readonly labels: LabelTable;
  readonly labelSet: Uint32Array | undefined;
}

/** The sets of all profiles, each with its source's name where a key for that is given. */
export function mergeLabels(
  sources: readonly ProfileSource[],
  key: string | undefined,
  union: FunctionUnion,
): MergedLabels {
  const isLabelled =
    key !== undefined || sources.some(({ profile }) => profile.samples.labelSet !== undefined);
  if (!isLabelled) return { labels: NO_LABELS, labelSet: undefined };
  const sets = new LabelSets();
  const length = sources.reduce((sum, { profile }) => sum + profile.samples.length, 0);
  const labelSet = new Uint32Array(length);
  let next = 0;
  for (const { profile, name } of sources) {
    const source = key === undefined ? undefined : { key: union.text(key), text: union.text(name) };
    const setOf = addSets(sets, profile, source, union);
    const { samples } = profile;
    for (let index = 0; index < samples.length; index++)
      labelSet[next++] = setOf[samples.labelSet?.[index] ?? 0] as number;
  }
  return { labels: sets.finish(), labelSet };
}

/** From the profile's sets to the merged ones. */
function addSets(
  sets: LabelSets,
  { labels, strings }: Profile,
  source: { readonly key: number; readonly text: number } | undefined,
  union: FunctionUnion,
): Uint32Array {
  const textOf = (index: number) => union.text(strings[index] ?? '');
  return Uint32Array.from({ length: labels.length }, (_, set) => {
    const from = labels.start[set] as number;
    const end = labels.start[set + 1] as number;
    if (from === end && source === undefined) return 0;
    for (let at = from; at < end; at++) {
      const text = labels.text[at] as number;
      sets.add(
        textOf(labels.key[at] as number),
        text === NOT_A_TEXT ? NOT_A_TEXT : textOf(text),
        labels.number[at] as number,
        textOf(labels.unit[at] as number),
      );
    }
    if (source !== undefined) sets.add(source.key, source.text, 0, union.text(''));
    return sets.close();
  });
}

/** Set 0 is the empty one from the beginning. */
class LabelSets {
  readonly #start = new NumberColumn();
  readonly #key = new NumberColumn();
  readonly #text = new NumberColumn();
  readonly #number = new NumberColumn();
  readonly #unit = new NumberColumn();

  constructor() {
    this.#start.push(0);
    this.#start.push(0);
  }

  add(key: number, text: number, number: number, unit: number): void {
    this.#key.push(key);
    this.#text.push(text);
    this.#number.push(number);
    this.#unit.push(unit);
  }

  /** Ends a set; its number. */
  close(): number {
    this.#start.push(this.#key.length);
    return this.#start.length - 2;
  }

  finish(): LabelTable {
    return {
      length: this.#start.length - 1,
      start: Uint32Array.from(this.#start.finish()),
      key: Uint32Array.from(this.#key.finish()),
      text: Int32Array.from(this.#text.finish()),
      number: Float64Array.from(this.#number.finish()),
      unit: Uint32Array.from(this.#unit.finish()),
    };
  }
}
