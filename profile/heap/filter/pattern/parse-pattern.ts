import { HeapFilterError } from '../../../errors.ts';
import { invert, LAST_UNIT, type PatternNode, type Range } from './pattern-node.ts';

const DIGITS: Range[] = [[0x30, 0x39]];
const WORDS: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x2028, 0x2029],
  [0xfeff, 0xfeff],
];
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 };
/** What a number of repetitions may be at most; the program is bounded besides. */
const MOST_REPETITIONS = 200;

/**
 * The regular part of JavaScript's regular expressions: characters, classes, groups, choices, repetitions and anchors. What
 * needs to go back on itself (backreferences, lookaround) is refused, so that no text takes longer than its length.
 *
 * @param offset where the pattern begins in the filter, for errors
 * @throws HeapFilterError
 */
export function parsePattern(source: string, offset: number): PatternNode {
  const parser = new PatternParser(source, offset);
  return parser.parse();
}

class PatternParser {
  readonly #source: string;
  readonly #offset: number;
  #at = 0;

  constructor(source: string, offset: number) {
    this.#source = source;
    this.#offset = offset;
  }

  parse(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#source.length) throw this.#error('a “(” to go with this “)”');
    return node;
  }

  #choice(): PatternNode {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#next)) parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): PatternNode {
    const part = this.#single();
    const times = this.#times();
    if (times === undefined) return part;
    // Lazy or greedy is the same to whoever only asks whether there is a match.
    this.#take('?');
    if (this.#times() !== undefined) throw this.#error('one repetition, not two');
    return { kind: 'repeat', part, least: times[0], most: times[1] };
  }

  #times(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    const counted = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.#source.slice(this.#at));
    if (!counted) return undefined;
    const least = Number(counted[1]);
    const most = !counted[2] ? least : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY;
    if (least > MOST_REPETITIONS || (most > MOST_REPETITIONS && most !== Number.POSITIVE_INFINITY)) {
      throw this.#error(`at most ${MOST_REPETITIONS} repetitions`);
    }
    if (most < least) throw this.#error('repetitions from the lesser number to the greater');
    this.#at += counted[0].length;
    return [least, most];
  }

  #single(): PatternNode {
    const character = this.#next;
    if (character === '(') return this.#group();
    if (character === '[') return this.#class();
    if ('*+?'.includes(character)) throw this.#error('something to repeat');
    if (character === '\\') return { kind: 'unit', ranges: this.#escape() };
    this.#at += 1;
    if (character === '^') return { kind: 'begin' };
    if (character === '$') return { kind: 'end' };
    if (character === '.') {
      return {
        kind: 'unit',
        ranges: invert([
          [10, 10],
          [13, 13],
          [0x2028, 0x2029],
        ]),
      };
    }
    return { kind: 'unit', ranges: [unitOf(character)] };
  }

  #group(): PatternNode {
    this.#at += 1;
    if (this.#next === '?' && !this.#takeAll('?:')) throw this.#error('a group without “?”');
    const node = this.#choice();
    if (!this.#take(')')) throw this.#error('“)”');
    return node;
  }

  #class(): PatternNode {
    this.#at += 1;
    const isInverted = this.#take('^');
    const ranges: Range[] = [];
    while (this.#at < this.#source.length && this.#next !== ']') ranges.push(...this.#classPart());
    if (!this.#take(']')) throw this.#error('“]”');
    return { kind: 'unit', ranges: isInverted ? invert(ranges) : ranges };
  }

  #classPart(): Range[] {
    const from = this.#classUnit();
    const [first] = from;
    if (this.#next !== '-' || (this.#source[this.#at + 1] ?? ']') === ']') return from;
    this.#at += 1;
    const to = this.#classUnit();
    const [last] = to;
    const isRange = isOne(from) && isOne(to) && first !== undefined && last !== undefined;
    if (!isRange || last[0] < first[0]) throw this.#error('a range from the lesser character to the greater');
    return [[first[0], last[0]]];
  }

  #classUnit(): Range[] {
    if (this.#next === '\\') return this.#escape();
    const character = this.#next;
    this.#at += 1;
    return [unitOf(character)];
  }

  #escape(): Range[] {
    this.#at += 1;
    const character = this.#next;
    if (character === '') throw this.#error('a character after “\\”');
    const hex = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(this.#source.slice(this.#at));
    if (hex) {
      this.#at += hex[0].length;
      const unit = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
      return [[unit, unit]];
    }
    if (/[1-9bBkpP]/.test(character)) throw this.#error(`something else than “\\${character}”`);
    this.#at += 1;
    switch (character) {
      case 'd':
        return DIGITS;
      case 'D':
        return invert(DIGITS);
      case 'w':
        return WORDS;
      case 'W':
        return invert(WORDS);
      case 's':
        return SPACES;
      case 'S':
        return invert(SPACES);
    }
    const control = CONTROLS[character];
    return control === undefined ? [unitOf(character)] : [[control, control]];
  }

  get #next(): string {
    return this.#source[this.#at] ?? '';
  }

  #take(character: string): boolean {
    if (this.#next !== character) return false;
    this.#at += 1;
    return true;
  }

  #takeAll(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #error(expected: string): HeapFilterError {
    return new HeapFilterError(this.#offset + this.#at, expected);
  }
}

function unitOf(character: string): Range {
  const unit = character.charCodeAt(0);
  return [unit, unit];
}

function isOne(ranges: readonly Range[]): boolean {
  return ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];
}

/** The same pattern for capitals and small letters alike. */
export function ignoreCase(node: PatternNode): PatternNode {
  switch (node.kind) {
    case 'unit':
      return { kind: 'unit', ranges: node.ranges.flatMap(withBothCases) };
    case 'sequence':
    case 'choice':
      return { kind: node.kind, parts: node.parts.map(ignoreCase) };
    case 'repeat':
      return { ...node, part: ignoreCase(node.part) };
    default:
      return node;
  }
}

const MOST_CASED = 512;

function withBothCases(range: Range): Range[] {
  const [first, last] = range;
  if (last - first >= MOST_CASED || last === LAST_UNIT) return [range];
  const ranges: Range[] = [range];
  for (let unit = first; unit <= last; unit++) {
    const character = String.fromCharCode(unit);
    for (const other of [character.toLowerCase(), character.toUpperCase()]) {
      if (other.length === 1 && other !== character) ranges.push(unitOf(other));
    }
  }
  return ranges;
}
