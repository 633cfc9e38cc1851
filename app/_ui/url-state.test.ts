import { describe, expect, it } from 'vitest';
import { choice, flag, readUrlState, sort, span, text, type UrlCodec, writeUrlState } from './url-state.ts';

const query = (value: string) => new URLSearchParams(value);
const tab = choice(['instances', 'events'], 'instances');
const bySpeed = sort({ column: 'name', descending: false });

describe('state in the address', () => {
  it('is the default where it is absent or not understood', () => {
    expect(readUrlState(query(''), 'tab', tab)).toBe('instances');
    expect(readUrlState(query('tab=<script>'), 'tab', tab)).toBe('instances');
    expect(readUrlState(query('sort=--x;drop'), 'sort', bySpeed)).toEqual({
      column: 'name',
      descending: false,
    });
    expect(readUrlState(query('range=1-99999999999999'), 'range', span)).toBeNull();
    expect(readUrlState(query('range=1700000100-1700000000'), 'range', span)).toBeNull();
  });

  it('leaves the address when it is the default again, and leaves the rest alone', () => {
    expect(writeUrlState(query('q=gate&tab=events'), 'tab', tab, 'instances').toString()).toBe('q=gate');
    expect(writeUrlState(query('q=gate&tab=events'), 'q', text(), '').toString()).toBe('tab=events');
  });

  it('does not depend on the order in which things were chosen', () => {
    const one = writeUrlState(writeUrlState(query(''), 'q', text(), 'a'), 'pinned', flag, true);
    const other = writeUrlState(writeUrlState(query(''), 'pinned', flag, true), 'q', text(), 'a');
    expect(one.toString()).toBe(other.toString());
  });

  it.each<[string, UrlCodec<unknown>, unknown]>([
    ['text with marks', text() as UrlCodec<unknown>, 'a&b=c d%'],
    ['a choice', tab as UrlCodec<unknown>, 'events'],
    ['a flag', flag as UrlCodec<unknown>, true],
    ['a sort', bySpeed as UrlCodec<unknown>, { column: 'cpu', descending: true }],
    ['a span', span as UrlCodec<unknown>, [1_700_000_000, 1_700_000_060]],
  ])('restores %s', (_name, codec, value) => {
    expect(readUrlState(writeUrlState(query(''), 'k', codec, value), 'k', codec)).toEqual(value);
  });
});
