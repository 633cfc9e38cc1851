import type { HeapNodeType, HeapObjectId } from '../model/heap-graph.ts';
import type { TextPattern } from './pattern/text-pattern.ts';

/** How a text is compared. Words are found anywhere, in capitals or not; a class is named exactly. */
export type TextTest =
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'is'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: TextPattern };

export type Comparison = '<' | '<=' | '=' | '!=' | '>=' | '>';
export const NUMBER_FIELDS = ['size', 'retained', 'distance', 'count', 'total', 'wasted'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** A question about a row. Each stands where it was written, counted from 0, for whoever cannot answer it. */
export type FilterTerm =
  /** `text`: whatever a row is called by. */
  | { readonly kind: 'text' | 'class' | 'name'; readonly test: TextTest; readonly at: number }
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly comparison: Comparison;
      readonly value: number;
      readonly at: number;
    }
  | { readonly kind: 'unreached' | 'detached'; readonly at: number }
  | { readonly kind: 'id'; readonly id: HeapObjectId; readonly at: number }
  | { readonly kind: 'type'; readonly type: HeapNodeType; readonly at: number };

export type HeapFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly HeapFilter[] }
  | { readonly kind: 'not'; readonly part: HeapFilter }
  | FilterTerm;

export function testText(test: TextTest, text: string): boolean {
  switch (test.kind) {
    case 'contains':
      return text.toLowerCase().includes(test.text);
    case 'is':
      return text === test.text;
    case 'pattern':
      return test.pattern.test(text);
  }
}

export function compareNumbers(comparison: Comparison, value: number, other: number): boolean {
  switch (comparison) {
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '=':
      return value === other;
    case '!=':
      return value !== other;
    case '>=':
      return value >= other;
    case '>':
      return value > other;
  }
}
