import { describe, expect, it } from 'vitest';
import { explorerFromText } from '../text/explorer-from-text.ts';
import { StringParts } from './string-parts.ts';

/** A text of so many parts: each concatenated string has one of them first, and the rest second. */
function partsOf(count: number, mostParts?: number) {
  const below = Array.from({ length: count }, (_, at) => {
    const indent = ' '.repeat(4 + at);
    return `${indent}internal ${at === 0 ? 'text' : 'second'}: joined#${at} as concatenated string 32\n${indent} internal first: "ab"#${at}s as string 16`;
  });
  const { heap } = explorerFromText(`root\n  shortcut global: global 16\n${below.join('\n')}`);
  const { nodes, strings } = heap.analysis.graph;
  const first = Array.from(nodes.name).findIndex((name) => strings.text(name) === 'joined');
  return { parts: new StringParts(heap.cells.analysis.graph, heap.partNames, mostParts), first };
}

describe('a string of many parts', () => {
  it('is whole when all of them are looked at', () => {
    const { parts, first } = partsOf(20);
    expect(parts.read(first, 0, 100)).toBe('ab'.repeat(20));
    expect(parts.extentOf(first)).toBe('whole');
  });

  it('is told as a beginning when it has more than are looked at', () => {
    const { parts, first } = partsOf(20, 10);
    parts.read(first, 0, 100);
    expect(parts.extentSoFar).toBe('beginning');
    const { parts: begun, first: again } = partsOf(20, 10);
    expect(begun.begin(again, 100).length).toBeLessThan(40);
    expect(begun.extentSoFar).toBe('beginning');
  });
});
