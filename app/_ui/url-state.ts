'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { changeQuery } from './address.ts';

/** How a value stands in the query of the address. What is absent or not understood is the default. */
export interface UrlCodec<T> {
  parse(text: string): T | undefined;
  format(value: T): string;
  readonly fallback: T;
}

export const text = (fallback = ''): UrlCodec<string> => ({
  parse: (value) => value,
  format: (value) => value,
  fallback,
});

export const choice = <const T extends string>(choices: readonly T[], fallback: T): UrlCodec<T> => ({
  parse: (value) => choices.find((candidate) => candidate === value),
  format: (value) => value,
  fallback,
});

export const flag: UrlCodec<boolean> = {
  parse: (value) => (value === '1' ? true : undefined),
  format: (value) => (value ? '1' : ''),
  fallback: false,
};

export interface SortState {
  column: string;
  descending: boolean;
}

/** A column's name, with a minus before it for descending: `-cpu`. */
export const sort = (fallback: SortState): UrlCodec<SortState> => ({
  parse: (value) => {
    const column = value.replace(/^-/, '');
    return /^[A-Za-z]{1,40}$/.test(column) ? { column, descending: value.startsWith('-') } : undefined;
  },
  format: (value) => `${value.descending ? '-' : ''}${value.column}`,
  fallback,
});

/** A span of time as `from-to`, epoch seconds. */
export const span: UrlCodec<[number, number] | null> = {
  parse: (value) => {
    const match = /^(\d{9,11})-(\d{9,11})$/.exec(value);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2])];
    return to > from ? [from, to] : undefined;
  },
  format: (value) => (value === null ? '' : `${Math.floor(value[0])}-${Math.ceil(value[1])}`),
  fallback: null,
};

export function readUrlState<T>(query: URLSearchParams, key: string, codec: UrlCodec<T>): T {
  const raw = query.get(key);
  return raw === null ? codec.fallback : (codec.parse(raw) ?? codec.fallback);
}

/** The query with one value changed; a value that is the default leaves it. */
export function writeUrlState<T>(
  query: URLSearchParams,
  key: string,
  codec: UrlCodec<T>,
  value: T,
): URLSearchParams {
  const next = new URLSearchParams(query);
  const formatted = codec.format(value);
  if (formatted === '' || formatted === codec.format(codec.fallback)) next.delete(key);
  else next.set(key, formatted);
  next.sort();
  return next;
}

/**
 * State that lives in the address, so that a link restores what was seen. It replaces the entry of the history: going
 * back leaves the page, not the last filter. The codec must be a constant.
 */
export function useUrlState<T>(key: string, codec: UrlCodec<T>): [T, (value: T) => void] {
  const query = useSearchParams();
  const set = useCallback(
    // Not from the hook's query: two changes in one turn would each undo the other.
    (value: T) => changeQuery((current) => writeUrlState(current, key, codec, value)),
    [key, codec],
  );
  return [readUrlState(query, key, codec), set];
}
