import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { LABEL, SAMPLE } from './pprof-fields.ts';
import { NO_STACK, type RawPprof } from './raw-pprof.ts';
import { WireCursor } from './wire-cursor.ts';

const MOST_LABELS = 64;
const EMPTY_SET = -1;
const NOT_A_TEXT = -1;

/** Puts samples into columns: their stacks into a tree that grows by what is new of each, their labels into sets. */
export class SampleSink {
  readonly #raw: RawPprof;
  readonly #limits: ProfileLimits;
  readonly #inner = new WireCursor();
  /** Rows of locations, the leaf first. */
  readonly #stack: number[] = [];
  readonly #values: number[] = [];
  readonly #labels: number[] = [];
  /** The sample before, from its outermost caller on: neighbours share most of their callers. */
  #lastStack: number[] = [];
  #lastRows: number[] = [];

  constructor(raw: RawPprof, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
  }

  add(sample: WireCursor): void {
    const { sampleStack, sampleLabelSet } = this.#raw;
    const { maxSamples } = this.#limits;
    if (sampleStack.length >= maxSamples) throw new ProfileLimitError('samples', maxSamples);
    this.#stack.length = 0;
    this.#values.length = 0;
    this.#labels.length = 0;
    while (sample.next()) this.#field(sample);
    this.#addValues();
    sampleLabelSet.push(this.#labelSet());
    sampleStack.push(this.#stackRow());
  }

  #field(sample: WireCursor): void {
    const { field } = sample;
    if (field === SAMPLE.label) {
      if (sample.isBytes) this.#label(sample.enter(this.#inner));
    } else if (sample.isNumber) this.#number(field, sample);
    else if (sample.isBytes && (field === SAMPLE.locationId || field === SAMPLE.value)) {
      const packed = sample.enter(this.#inner);
      while (!packed.isDone) {
        packed.readNumber();
        this.#number(field, packed);
      }
    }
  }

  #number(field: number, cursor: WireCursor): void {
    if (field === SAMPLE.locationId) {
      const { maxDepth } = this.#limits;
      if (this.#stack.length >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
      this.#stack.push(this.#raw.locationIds.rowOf(cursor.low, cursor.high));
    } else if (field === SAMPLE.value) this.#values.push(cursor.signed);
  }

  #addValues(): void {
    const at = this.#raw.sampleStack.length;
    this.#raw.sampleValues ??= this.#values.map(() => new NumberColumn());
    const columns = this.#raw.sampleValues;
    if (this.#values.length !== columns.length) {
      const what = `has ${this.#values.length} entries where the first sample has ${columns.length}`;
      throw new ProfileShapeError(`sample[${at}].value`, what);
    }
    columns.forEach((column, index) => {
      const value = this.#values[index] as number;
      if (value < 0)
        throw new ProfileShapeError(
          `sample[${at}].value[${index}]`,
          'is negative, as in a difference of profiles',
        );
      if (value > Number.MAX_SAFE_INTEGER)
        throw new ProfileShapeError(`sample[${at}].value[${index}]`, 'is out of range');
      column.push(value);
    });
  }

  #label(label: WireCursor): void {
    if (this.#labels.length >= MOST_LABELS) throw new ProfileLimitError('labels of one sample', MOST_LABELS);
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
    const at = `sample[${this.#raw.sampleStack.length}].label[${this.#labels.length}]`;
    for (const reference of [key, text, unit]) {
      if (reference < 0 || reference > 0x7fffffff)
        throw new ProfileShapeError(at, `names text ${reference}, which is not in the file`);
    }
    const isText = text !== 0;
    const numberRow = isText ? 0 : this.#numberRow(number);
    this.#labels.push(this.#raw.labels.intern(key, isText ? text : NOT_A_TEXT, numberRow, isText ? 0 : unit));
    this.#checkLabels(this.#raw.labels.length);
  }

  #numberRow(number: number): number {
    const { labelNumbers } = this.#raw;
    const known = labelNumbers.get(number);
    if (known !== undefined) return known;
    labelNumbers.set(number, labelNumbers.size);
    return labelNumbers.size - 1;
  }

  /** Whatever order the labels come in, equal sets are one. */
  #labelSet(): number {
    let set = EMPTY_SET;
    if (this.#labels.length > 1) this.#labels.sort((a, b) => a - b);
    for (const label of this.#labels) set = this.#raw.labelSets.intern(set, label);
    this.#checkLabels(this.#raw.labelSets.length);
    return set;
  }

  #checkLabels(length: number): void {
    const { maxLabelSets } = this.#limits;
    if (length > maxLabelSets) throw new ProfileLimitError('distinct labels', maxLabelSets);
  }

  #stackRow(): number {
    const { stacks } = this.#raw;
    const { maxNodes } = this.#limits;
    const stack = this.#stack.reverse();
    const last = this.#lastStack;
    const rows = this.#lastRows;
    let shared = 0;
    while (shared < stack.length && shared < last.length && stack[shared] === last[shared]) shared++;
    last.length = stack.length;
    rows.length = stack.length;
    let row = shared === 0 ? NO_STACK : (rows[shared - 1] as number);
    for (let depth = shared; depth < stack.length; depth++) {
      row = stacks.intern(row, stack[depth] as number);
      last[depth] = stack[depth] as number;
      rows[depth] = row;
    }
    if (stacks.length > maxNodes) throw new ProfileLimitError('nodes', maxNodes);
    return row;
  }
}
