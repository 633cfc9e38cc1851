import { ProfileShapeError } from '../errors.ts';
import type { FunctionRows } from '../model/function-rows.ts';
import type { NumberColumn } from '../model/number-column.ts';
import type { RawPprof } from './raw-pprof.ts';

const UNDEFINED = -1;

/** Finds the functions of a location: one, or several where calls were inlined. Checks all that locations and functions name. */
export class FunctionsOfLocations {
  /** By the row of a location's id, in the columns of lines. */
  readonly #first: Int32Array;
  readonly #end: Int32Array;
  /** The function of each line; behind the file's own lines, those of locations that have none. */
  readonly #functionOfLine: Int32Array;
  readonly #lineNumber: NumberColumn;
  /** Whether a function was met at any other line than the one that is said to be its own. */
  readonly hasLines: boolean;

  constructor(raw: RawPprof, functions: FunctionRows) {
    const definition = definitions(raw.locationRow, raw.locationIds.length, 'location');
    const functionOf = internFunctions(raw, functions);
    const fileOf = filesOfMappings(raw);
    const lines = raw.lineFunction.length;
    this.#first = new Int32Array(definition.length).fill(UNDEFINED);
    this.#end = new Int32Array(definition.length);
    const ownFrames: number[] = [];
    for (let row = 0; row < definition.length; row++) {
      const at = definition[row] as number;
      if (at === UNDEFINED) continue;
      const first = raw.locationLines.at(at);
      const end = at + 1 < raw.locationLines.length ? raw.locationLines.at(at + 1) : lines;
      this.#first[row] = first === end ? lines + ownFrames.length : first;
      this.#end[row] = first === end ? lines + ownFrames.length + 1 : end;
      if (first === end) ownFrames.push(internAddress(raw, functions, at, fileOf));
    }
    this.#functionOfLine = new Int32Array(lines + ownFrames.length);
    for (let line = 0; line < lines; line++)
      this.#functionOfLine[line] = functionOf(raw.lineFunction.at(line), line);
    this.#functionOfLine.set(ownFrames, lines);
    this.#lineNumber = raw.lineNumber;
    this.hasLines = this.#areLinesTelling(functions.column(2));
  }

  /** @throws ProfileShapeError for a location that the file does not define */
  lines(location: number): { first: number; end: number } {
    const first = this.#first[location] as number;
    if (first === UNDEFINED)
      throw new ProfileShapeError('sample[].location_id', 'names a location that is not in the file');
    return { first, end: this.#end[location] as number };
  }

  /** The line where the innermost call of a location was; 0 when not known. */
  lineOf(location: number): number {
    const first = this.#first[location] as number;
    return first >= 0 && first < this.#lineNumber.length ? this.#lineNumber.at(first) : 0;
  }

  #areLinesTelling(ownLine: Uint32Array): boolean {
    for (let line = 0; line < this.#lineNumber.length; line++) {
      const number = this.#lineNumber.at(line);
      if (number !== 0 && number !== ownLine[this.#functionOfLine[line] as number]) return true;
    }
    return false;
  }

  functionOfLine(line: number): number {
    return this.#functionOfLine[line] as number;
  }
}

/** From the row of an id to what defines it. @throws ProfileShapeError when two do */
function definitions(rows: NumberColumn, idCount: number, what: string): Int32Array {
  const definition = new Int32Array(idCount).fill(UNDEFINED);
  for (let at = 0; at < rows.length; at++) {
    const row = rows.at(at);
    if (definition[row] !== UNDEFINED)
      throw new ProfileShapeError(`${what}[${at}].id`, `is that of ${what}[${definition[row]}] as well`);
    definition[row] = at;
  }
  return definition;
}

function internFunctions(raw: RawPprof, functions: FunctionRows): (row: number, line: number) => number {
  const definition = definitions(raw.functionRow, raw.functionIds.length, 'function');
  const onlyLine = onlyLines(raw);
  const plain = new PlainNames(raw);
  const interned = definition.map((at, row) => {
    if (at === UNDEFINED) return UNDEFINED;
    const field = (name: string) => () => `function[${at}].${name}`;
    const name = raw.strings.indexOf(raw.functionName.at(at), field('name'));
    const systemName = raw.strings.indexOf(raw.functionSystemName.at(at), field('system_name'));
    const file = raw.strings.indexOf(raw.functionFile.at(at), field('filename'));
    const line = raw.functionLine.at(at) || (onlyLine[row] as number);
    return functions.intern(plain.of(name, systemName), file, line, 0);
  });
  return (row, line) => {
    const func = interned[row] as number;
    if (func === UNDEFINED)
      throw new ProfileShapeError(
        `line ${line} of the locations`,
        'names a function that is not in the file',
      );
    return func;
  };
}

/** Files without start lines at least have lines: where a function was seen at one alone, that says where it is. */
function onlyLines(raw: RawPprof): Int32Array {
  const lines = new Int32Array(raw.functionIds.length).fill(UNDEFINED);
  for (let at = 0; at < raw.lineFunction.length; at++) {
    const row = raw.lineFunction.at(at);
    const line = raw.lineNumber.at(at);
    lines[row] = lines[row] === UNDEFINED || lines[row] === line ? line : 0;
  }
  return lines.map((line) => Math.max(0, line));
}

/** A location that nobody could name is its address in its file. */
function internAddress(
  raw: RawPprof,
  functions: FunctionRows,
  at: number,
  fileOf: (mappingRow: number) => number,
): number {
  const name = raw.strings.own(`0x${raw.locationAddress.at(at).toString(16)}`);
  return functions.intern(name, fileOf(raw.locationMapping.at(at)), 0, 0);
}

function filesOfMappings(raw: RawPprof): (mappingRow: number) => number {
  const definition = definitions(raw.mappingRow, raw.mappingIds.length, 'mapping');
  const none = raw.strings.own('');
  return (row) => {
    const at = row === UNDEFINED ? UNDEFINED : (definition[row] as number);
    if (at === UNDEFINED) return none;
    return raw.strings.indexOf(raw.mappingFile.at(at), () => `mapping[${at}].filename`);
  };
}

/**
 * pprof tells functions apart by name, so our own writers add the place to names that several share and keep the plain one as
 * the system name. Here places tell them apart: the plain name it is again.
 */
class PlainNames {
  readonly #raw: RawPprof;
  #strings: readonly string[] | undefined;

  constructor(raw: RawPprof) {
    this.#raw = raw;
  }

  of(name: number, systemName: number): number {
    if (name === systemName) return name;
    this.#strings ??= this.#raw.strings.toStrings();
    const shown = this.#strings[name] ?? '';
    const system = this.#strings[systemName] ?? '';
    if (shown === '') return systemName;
    const hasPlace =
      system === '' ? ANONYMOUS.test(shown) : shown.startsWith(`${system} (`) && PLACE.test(shown);
    return hasPlace ? systemName : name;
  }
}

const ANONYMOUS = /^\(anonymous (?:native|.*:\d+)\)$|^\(anonymous\) \(.*:\d+:\d+\)$/;
const PLACE = / \((?:native|.*:\d+)\)$/;
