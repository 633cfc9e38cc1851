import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import type { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import type { IdTable } from './id-table.ts';
import { FUNCTION, LINE, LOCATION, MAPPING, PROFILE, VALUE_TYPE } from './pprof-fields.ts';
import type { RawPprof } from './raw-pprof.ts';
import { SampleSink } from './sample-sink.ts';
import { WireCursor } from './wire-cursor.ts';

const MOST_VALUE_TYPES = 64;
const MOST_COMMENTS = 10_000;
const NOT_SEEN = -1;

/** Sorts the fields of a pprof message into columns. Unknown fields are passed over. */
export class PprofSink {
  readonly #raw: RawPprof;
  readonly #limits: ProfileLimits;
  readonly #samples: SampleSink;
  readonly #message = new WireCursor();
  readonly #inner = new WireCursor();

  constructor(raw: RawPprof, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
    this.#samples = new SampleSink(raw, limits);
  }

  field(cursor: WireCursor): void {
    if (cursor.isNumber) this.#addNumber(cursor);
    else if (cursor.isBytes) this.#addMessage(cursor.field, cursor.enter(this.#message));
  }

  #addMessage(field: number, message: WireCursor): void {
    if (field === PROFILE.sample) this.#samples.add(message);
    else if (field === PROFILE.location) this.#addLocation(message);
    else if (field === PROFILE.function) this.#addFunction(message);
    else if (field === PROFILE.stringTable) this.#addText(message);
    else if (field === PROFILE.mapping) this.#addMapping(message);
    else if (field === PROFILE.sampleType) this.#addValueType(message);
    else if (field === PROFILE.periodType) this.#raw.periodType = readValueType(message);
    else if (field === PROFILE.comment) this.#addComments(message);
  }

  #addNumber({ field, signed }: WireCursor): void {
    const raw = this.#raw;
    if (field === PROFILE.timeNanos) raw.timeNanos = signed;
    else if (field === PROFILE.durationNanos) raw.durationNanos = signed;
    else if (field === PROFILE.period) raw.period = signed;
    else if (field === PROFILE.defaultSampleType) raw.defaultSampleType = signed;
    else if (field === PROFILE.comment) this.#addComment(signed);
  }

  #addComments(packed: WireCursor): void {
    while (!packed.isDone) {
      packed.readNumber();
      this.#addComment(packed.signed);
    }
  }

  #addComment(text: number): void {
    if (this.#raw.comments.length >= MOST_COMMENTS) throw new ProfileLimitError('comments', MOST_COMMENTS);
    this.#raw.comments.push(text);
  }

  #addValueType(message: WireCursor): void {
    const { valueTypes } = this.#raw;
    if (valueTypes.length >= MOST_VALUE_TYPES) throw new ProfileLimitError('value types', MOST_VALUE_TYPES);
    valueTypes.push(readValueType(message));
  }

  #addText({ bytes, at, end }: WireCursor): void {
    const { maxStringBytes } = this.#limits;
    if (end - at > maxStringBytes) throw new ProfileLimitError('bytes in one string', maxStringBytes);
    this.#raw.strings.add(bytes, at, end);
  }

  #addMapping(message: WireCursor): void {
    const raw = this.#raw;
    let row = NOT_SEEN;
    let file = 0;
    while (message.next()) {
      if (!message.isNumber) continue;
      if (message.field === MAPPING.id) row = rowOf(raw.mappingIds, message);
      else if (message.field === MAPPING.fileName) file = message.signed;
    }
    if (row === NOT_SEEN) throw new ProfileShapeError(`mapping[${raw.mappingRow.length}].id`, 'is missing');
    this.#bounded(raw.mappingRow, 'mappings').push(row);
    raw.mappingFile.push(file);
  }

  #addLocation(message: WireCursor): void {
    const raw = this.#raw;
    const firstLine = raw.lineFunction.length;
    let row = NOT_SEEN;
    let mapping = NOT_SEEN;
    let address = 0;
    while (message.next()) {
      if (message.isBytes && message.field === LOCATION.line) this.#addLine(message.enter(this.#inner));
      if (!message.isNumber) continue;
      if (message.field === LOCATION.id) row = rowOf(raw.locationIds, message);
      else if (message.field === LOCATION.mappingId) mapping = rowOf(raw.mappingIds, message);
      else if (message.field === LOCATION.address) address = message.unsigned;
    }
    if (row === NOT_SEEN) throw new ProfileShapeError(`location[${raw.locationRow.length}].id`, 'is missing');
    this.#bounded(raw.locationRow, 'locations').push(row);
    raw.locationMapping.push(mapping);
    raw.locationAddress.push(address);
    raw.locationLines.push(firstLine);
  }

  #addLine(message: WireCursor): void {
    const raw = this.#raw;
    let row = NOT_SEEN;
    let line = 0;
    while (message.next()) {
      if (!message.isNumber) continue;
      if (message.field === LINE.functionId) row = rowOf(raw.functionIds, message);
      else if (message.field === LINE.line) line = message.signed;
    }
    if (row === NOT_SEEN)
      throw new ProfileShapeError(`location[${raw.locationRow.length}].line[].function_id`, 'is missing');
    this.#bounded(raw.lineFunction, 'lines').push(row);
    raw.lineNumber.push(toLine(line));
  }

  #addFunction(message: WireCursor): void {
    const raw = this.#raw;
    let row = NOT_SEEN;
    let name = 0;
    let systemName = 0;
    let file = 0;
    let line = 0;
    while (message.next()) {
      if (!message.isNumber) continue;
      if (message.field === FUNCTION.id) row = rowOf(raw.functionIds, message);
      else if (message.field === FUNCTION.name) name = message.signed;
      else if (message.field === FUNCTION.systemName) systemName = message.signed;
      else if (message.field === FUNCTION.fileName) file = message.signed;
      else if (message.field === FUNCTION.startLine) line = message.signed;
    }
    if (row === NOT_SEEN) throw new ProfileShapeError(`function[${raw.functionRow.length}].id`, 'is missing');
    this.#bounded(raw.functionRow, 'functions').push(row);
    raw.functionName.push(name);
    raw.functionSystemName.push(systemName);
    raw.functionFile.push(file);
    raw.functionLine.push(toLine(line));
  }

  #bounded(column: NumberColumn, what: string): NumberColumn {
    const { maxNodes } = this.#limits;
    if (column.length >= maxNodes) throw new ProfileLimitError(what, maxNodes);
    return column;
  }
}

function readValueType(message: WireCursor): { type: number; unit: number } {
  let type = 0;
  let unit = 0;
  while (message.next()) {
    if (!message.isNumber) continue;
    if (message.field === VALUE_TYPE.type) type = message.signed;
    else if (message.field === VALUE_TYPE.unit) unit = message.signed;
  }
  return { type, unit };
}

function rowOf(ids: IdTable, { low, high }: WireCursor): number {
  return ids.rowOf(low, high);
}

/** A line that cannot be one is not known. */
function toLine(line: number): number {
  return line > 0 && line <= 0x7fffffff ? line : 0;
}
