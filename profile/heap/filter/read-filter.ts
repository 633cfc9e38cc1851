import { HeapFilterError } from '../../errors.ts';

/** A piece of a filter: brackets, the word of an operator, or a term with its text in pieces. */
export type FilterToken =
  | { readonly kind: 'open' | 'close' | 'not' | 'and' | 'or' | 'end'; readonly at: number }
  | TermToken;

export interface TermToken {
  readonly kind: 'term';
  /** `size`, `class` …; undefined where only a text was written. */
  readonly field: string | undefined;
  readonly comparison: string;
  readonly value: FilterValue;
  readonly at: number;
}

export interface FilterValue {
  readonly kind: 'word' | 'quoted' | 'pattern';
  readonly text: string;
  /** Of a pattern: whether capitals do not matter. */
  readonly ignoreCase: boolean;
  readonly at: number;
}

const SPACE = /\s/;
const FIELD = /^([A-Za-z]+)(>=|<=|!=|:|=|>|<)/;

/** Takes a filter apart. */
export class FilterReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws HeapFilterError */
  next(): FilterToken {
    while (SPACE.test(this.#character)) this.#at += 1;
    const at = this.#at;
    switch (this.#character) {
      case '':
        return { kind: 'end', at };
      case '(':
        this.#at += 1;
        return { kind: 'open', at };
      case ')':
        this.#at += 1;
        return { kind: 'close', at };
      case '-':
        this.#at += 1;
        return { kind: 'not', at };
    }
    const operator = /^(not|and|or)(?=[\s()]|$)/i.exec(this.#text.slice(at))?.[1]?.toLowerCase();
    if (operator === 'not' || operator === 'and' || operator === 'or') {
      this.#at += operator.length;
      return { kind: operator, at };
    }
    return this.#term(at);
  }

  #term(at: number): TermToken {
    const [head, field, comparison = ':'] = FIELD.exec(this.#text.slice(at)) ?? [];
    if (head !== undefined && isField(field)) {
      this.#at += head.length;
      return { kind: 'term', field: field?.toLowerCase(), comparison, value: this.#value(true), at };
    }
    return { kind: 'term', field: undefined, comparison: ':', value: this.#value(false), at };
  }

  #value(isOfField: boolean): FilterValue {
    const at = this.#at;
    const character = this.#character;
    if (character === '"') return this.#quoted(at);
    if (character === '/') {
      const pattern = this.#pattern(at);
      if (pattern) return pattern;
    }
    if (isOfField && (character === '(' || character === '{')) return this.#bracketed(at);
    while (this.#character !== '' && !SPACE.test(this.#character) && !'()'.includes(this.#character)) {
      this.#at += 1;
    }
    const text = this.#text.slice(at, this.#at);
    if (text === '') throw new HeapFilterError(at, 'a value');
    return { kind: 'word', text, ignoreCase: false, at };
  }

  /** In quotes, a backslash takes the next character as it is. */
  #quoted(at: number): FilterValue {
    let text = '';
    for (this.#at += 1; this.#character !== '"'; this.#at += 1) {
      if (this.#character === '\\') this.#at += 1;
      if (this.#character === '') throw new HeapFilterError(this.#text.length, 'the closing quote (")');
      text += this.#character;
    }
    this.#at += 1;
    return { kind: 'quoted', text, ignoreCase: false, at };
  }

  /** Between slashes; what has only one of them is a path, and so a word. */
  #pattern(at: number): FilterValue | undefined {
    const [whole, text = '', flag] =
      /^\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/(i?)(?=[\s()]|$)/.exec(this.#text.slice(at)) ?? [];
    if (whole === undefined) return undefined;
    this.#at += whole.length;
    return { kind: 'pattern', text, ignoreCase: flag === 'i', at };
  }

  /** `(string)` and `{id, name}` are names of classes, with their brackets and what stands between them. */
  #bracketed(at: number): FilterValue {
    const [open, close] = this.#character === '(' ? ['(', ')'] : ['{', '}'];
    let depth = 0;
    do {
      if (this.#character === '') throw new HeapFilterError(this.#text.length, `“${close}”`);
      if (this.#character === open) depth += 1;
      if (this.#character === close) depth -= 1;
      this.#at += 1;
    } while (depth > 0);
    return { kind: 'word', text: this.#text.slice(at, this.#at), ignoreCase: false, at };
  }

  get #character(): string {
    return this.#text[this.#at] ?? '';
  }
}

const FIELDS = [
  'class',
  'name',
  'type',
  'id',
  'size',
  'shallow',
  'retained',
  'distance',
  'count',
  'total',
  'wasted',
];

function isField(word: string | undefined): boolean {
  return word !== undefined && FIELDS.includes(word.toLowerCase());
}
