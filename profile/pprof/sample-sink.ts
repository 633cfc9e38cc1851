import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { LABEL, SAMPLE } from './pprof-fields.ts';
import type { RawPprof } from './raw-pprof.ts';
import { SharedStacks } from './shared-stacks.ts';
import { WireCursor } from './wire-cursor.ts';

const MOST_LABELS = 64;
const EMPTY_SET = -1;
const NOT_A_TEXT = -1;

/** Puts samples into columns: their stacks into a tree that grows by what is new of each, their labels into sets. */
export class SampleSink {
  readonly #raw: RawPprof;
  readonly #limits: ProfileLimits;
  readonly #inner = new WireCursor();
  readonly #stacks: SharedStacks;
  /** As many as `valueCount`; it is never shortened, which would take longer than all else of a sample. */
  readonly #values: number[] = [];
  #valueCount = 0;
  /** In ascending order, `labelCount` of them. */
  readonly #labels = new Int32Array(MOST_LABELS);
  #labelCount = 0;
  #lastKey = -1;
  #lastText = -1;
  #lastLabel = -1;

  constructor(raw: RawPprof, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
    this.#stacks = new SharedStacks(raw, limits);
  }

  add(sample: WireCursor): void {
    const { sampleStack, sampleLabelSet } = this.#raw;
    const { maxSamples } = this.#limits;
    if (sampleStack.length >= maxSamples) throw new ProfileLimitError('samples', maxSamples);
    this.#stacks.begin();
    this.#valueCount = 0;
    this.#labelCount = 0;
    while (sample.next()) this.#field(sample);
    this.#addValues();
    sampleLabelSet.push(this.#labelSet());
    sampleStack.push(this.#stacks.end());
  }

  #field(sample: WireCursor): void {
    const { field } = sample;
    if (field === SAMPLE.label) {
      if (sample.isBytes) this.#label(sample.enter(this.#inner));
    } else if (field === SAMPLE.locationId) {
      if (sample.isNumber) this.#stacks.add(sample);
      else if (sample.isBytes) this.#stacks.addPacked(sample.enter(this.#inner));
    } else if (field === SAMPLE.value) {
      if (sample.isNumber) this.#values[this.#valueCount++] = sample.signed;
      else if (sample.isBytes) this.#packedValues(sample.enter(this.#inner));
    }
  }

  #packedValues(packed: WireCursor): void {
    while (!packed.isDone) {
      packed.readNumber();
      this.#values[this.#valueCount++] = packed.signed;
    }
  }

  #addValues(): void {
    const at = this.#raw.sampleStack.length;
    this.#raw.sampleValues ??= Array.from({ length: this.#valueCount }, () => new NumberColumn());
    const columns = this.#raw.sampleValues;
    if (this.#valueCount !== columns.length) {
      const what = `has ${this.#valueCount} entries where the first sample has ${columns.length}`;
      throw new ProfileShapeError(`sample[${at}].value`, what);
    }
    for (let index = 0; index < columns.length; index++) {
      const value = this.#values[index] as number;
      if (value < 0)
        throw new ProfileShapeError(
          `sample[${at}].value[${index}]`,
          'is negative, as in a difference of profiles',
        );
      if (value > Number.MAX_SAFE_INTEGER)
        throw new ProfileShapeError(`sample[${at}].value[${index}]`, 'is out of range');
      columns[index]?.push(value);
    }
  }

  #label(label: WireCursor): void {
    if (this.#labelCount >= MOST_LABELS) throw new ProfileLimitError('labels of one sample', MOST_LABELS);
    let key = 0;
    let text = 0;
    let number = 0;
    let unit = 0;
    while (label.next()) {
      if (!label.isNumber) continue;
      if (label.field === LABEL.key) key = label.signed;
      else if (label.field === LABEL.text) text = label.signed;
      else if (label.field === LABEL.number) number = label.signed;
      else if (label.field === LABEL.unit) unit = label.signed;
    }
    this.#checkText(key);
    this.#checkText(text);
    this.#checkText(unit);
    this.#insert(text === 0 ? this.#numberLabel(key, number, unit) : this.#textLabel(key, text));
    this.#checkLabels(this.#raw.labels.length);
  }

  #numberLabel(key: number, number: number, unit: number): number {
    return this.#raw.labels.intern(key, NOT_A_TEXT, this.#numberRow(number), unit);
  }

  /** The same one comes again and again. */
  #textLabel(key: number, text: number): number {
    if (key === this.#lastKey && text === this.#lastText) return this.#lastLabel;
    this.#lastKey = key;
    this.#lastText = text;
    this.#lastLabel = this.#raw.labels.intern(key, text, 0, 0);
    return this.#lastLabel;
  }

  #checkText(reference: number): void {
    if (reference >= 0 && reference <= 0x7fffffff) return;
    const field = `sample[${this.#raw.sampleStack.length}].label[${this.#labelCount}]`;
    throw new ProfileShapeError(field, `names text ${reference}, which is not in the file`);
  }

  #numberRow(number: number): number {
    const { labelNumbers } = this.#raw;
    const known = labelNumbers.get(number);
    if (known !== undefined) return known;
    labelNumbers.set(number, labelNumbers.size);
    return labelNumbers.size - 1;
  }

  /** Whatever order the labels come in, equal sets are one. */
  #insert(label: number): void {
    const labels = this.#labels;
    let at = this.#labelCount++;
    for (; at > 0 && (labels[at - 1] as number) > label; at--) labels[at] = labels[at - 1] as number;
    labels[at] = label;
  }

  #labelSet(): number {
    let set = EMPTY_SET;
    for (let at = 0; at < this.#labelCount; at++)
      set = this.#raw.labelSets.internPair(set, this.#labels[at] as number);
    this.#checkLabels(this.#raw.labelSets.length);
    return set;
  }

  #checkLabels(length: number): void {
    const { maxLabelSets } = this.#limits;
    if (length > maxLabelSets) throw new ProfileLimitError('distinct labels', maxLabelSets);
  }
}
