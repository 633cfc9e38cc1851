import { HeapFilterError } from '../../errors.ts';
import { HEAP_NODE_TYPES } from '../model/heap-graph.ts';
import type { Comparison, FilterTerm, HeapFilter, NumberField, TextTest } from './heap-filter.ts';
import { TextPattern } from './pattern/text-pattern.ts';
import { FilterReader, type FilterToken, type FilterValue, type TermToken } from './read-filter.ts';

/** Longer ones are refused before they are read. */
export const MOST_FILTER_CHARACTERS = 1000;

/**
 * Reads a filter, `class:Player size>1kb -detached`; docs/heap-filter.md tells the language. Whoever writes nothing wants all.
 *
 * @throws HeapFilterError names the character and what should stand there
 */
export function parseHeapFilter(text: string): HeapFilter {
  if (text.length > MOST_FILTER_CHARACTERS) {
    throw new HeapFilterError(
      MOST_FILTER_CHARACTERS,
      `the last: ${MOST_FILTER_CHARACTERS} characters are the most`,
    );
  }
  return new FilterParser(text).parse();
}

class FilterParser {
  readonly #reader: FilterReader;
  #token: FilterToken;

  constructor(text: string) {
    this.#reader = new FilterReader(text);
    this.#token = this.#reader.next();
  }

  parse(): HeapFilter {
    if (this.#token.kind === 'end') return { kind: 'all' };
    const filter = this.#either();
    this.#requireEnd();
    return filter;
  }

  #either(): HeapFilter {
    const parts = [this.#all()];
    while (this.#token.kind === 'or') {
      this.#advance();
      parts.push(this.#all());
    }
    return joined('or', parts);
  }

  #all(): HeapFilter {
    const parts = [this.#one()];
    for (;;) {
      const { kind } = this.#token;
      if (kind === 'and') this.#advance();
      else if (kind === 'end' || kind === 'close' || kind === 'or') return joined('and', parts);
      parts.push(this.#one());
    }
  }

  #one(): HeapFilter {
    const token = this.#token;
    switch (token.kind) {
      case 'not':
        this.#advance();
        return { kind: 'not', part: this.#one() };
      case 'open': {
        this.#advance();
        const inside = this.#either();
        if (this.#token.kind !== 'close') throw new HeapFilterError(this.#token.at, '“)”');
        this.#advance();
        return inside;
      }
      case 'term':
        this.#advance();
        return toTerm(token);
      default:
        throw new HeapFilterError(token.at, 'a term such as a word, class:Name or size>1mb');
    }
  }

  #requireEnd(): void {
    if (this.#token.kind !== 'end') {
      throw new HeapFilterError(this.#token.at, 'the beginning of a term, not “)”');
    }
  }

  #advance(): void {
    this.#token = this.#reader.next();
  }
}

function joined(kind: 'and' | 'or', parts: readonly HeapFilter[]): HeapFilter {
  return parts.length === 1 ? (parts[0] as HeapFilter) : { kind, parts };
}

function toTerm(token: TermToken): FilterTerm {
  const { field, value, at } = token;
  switch (field) {
    case undefined:
      return toText(value, at);
    case 'class':
    case 'name':
      requireColon(token);
      return { kind: field, test: toTest(value, field === 'class' ? 'is' : 'contains'), at };
    case 'type':
      requireColon(token);
      return toType(value, at);
    case 'id':
      requireColon(token);
      return { kind: 'id', id: toId(value), at };
    case 'shallow':
      return toNumber(token, 'size');
    default:
      return toNumber(token, field as NumberField);
  }
}

function toText(value: FilterValue, at: number): FilterTerm {
  if (value.kind === 'word' && value.text.toLowerCase() === 'detached') return { kind: 'detached', at };
  if (value.kind === 'word' && /^@\d+$/.test(value.text)) return { kind: 'id', id: toId(value), at };
  return { kind: 'text', test: toTest(value, 'contains'), at };
}

function toTest({ kind, text, ignoreCase, at }: FilterValue, how: 'is' | 'contains'): TextTest {
  if (kind === 'pattern') return { kind: 'pattern', pattern: new TextPattern(text, { ignoreCase }, at + 1) };
  return how === 'is' ? { kind: 'is', text } : { kind: 'contains', text: text.toLowerCase() };
}

function toType({ text, at }: FilterValue, termAt: number): FilterTerm {
  const type = HEAP_NODE_TYPES.find((name) => name === text.toLowerCase());
  if (type === undefined) throw new HeapFilterError(at, `one of ${HEAP_NODE_TYPES.join(', ')}`);
  return { kind: 'type', type, at: termAt };
}

function toId({ text, at }: FilterValue): number {
  const id = /^@?(\d{1,10})$/.exec(text)?.[1];
  if (id === undefined) throw new HeapFilterError(at, 'an id such as @123');
  return Number(id);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

function toNumber({ field, comparison, value, at }: TermToken, of: NumberField): FilterTerm {
  if (
    field === 'distance' &&
    value.text.toLowerCase() === 'none' &&
    (comparison === ':' || comparison === '=')
  ) {
    return { kind: 'unreached', at };
  }
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(value.text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const takesBytes = of !== 'distance' && of !== 'count';
  if (digits === undefined || factor === undefined || (unit !== '' && !takesBytes)) {
    const example = takesBytes ? 'a size such as 10kb or 1.5mb' : 'a number such as 5';
    throw new HeapFilterError(value.at, field === 'distance' ? `${example}, or none` : example);
  }
  return {
    kind: 'number',
    field: of,
    comparison: comparison === ':' ? '=' : (comparison as Comparison),
    value: Number(digits) * factor,
    at,
  };
}

function requireColon({ field, comparison, value, at }: TermToken): void {
  if (comparison !== ':' && comparison !== '=') {
    throw new HeapFilterError(at + (field?.length ?? 0), `“:”, as in ${field}:${value.text}`);
  }
}
