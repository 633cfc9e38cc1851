import { describe, expect, it } from 'vitest';
import type { Capture, CaptureId } from '#contract';
import { changeHrefs, parseCompareAddress, pickHref, swappedQuery } from './compare-address.ts';

const id = (digit: string) => `cap_${digit.repeat(20)}` as CaptureId;
const capture = (digit: string) => ({ id: id(digit), requestedAt: `2026-03-05T12:00:0${digit}Z` }) as Capture;
const at = (path: string) => parseCompareAddress(new URL(path, 'http://console').searchParams);

describe('the address of a comparison', () => {
  it('holds several captures for a side', () => {
    const address = at(`/compare?before=${id('1')},${id('2')}&after=${id('3')}`);
    expect(address).toEqual({ before: [id('1'), id('2')], after: [id('3')], of: undefined });
  });

  it('puts the earlier capture before, whichever of both was chosen first', () => {
    const expected = `/compare?before=${id('1')}&after=${id('2')}`;
    expect(pickHref(at(`/compare?of=${id('2')}`), capture('2'), capture('1'))).toBe(expected);
    expect(pickHref(at(`/compare?of=${id('1')}`), capture('1'), capture('2'))).toBe(expected);
  });

  it('keeps the side of one that is changed, whatever the time', () => {
    const { before, after } = changeHrefs({ before: [id('1')], after: [id('2')] });
    expect(pickHref(at(before), capture('2'), capture('3'))).toBe(
      `/compare?before=${id('3')}&after=${id('2')}`,
    );
    expect(pickHref(at(after), capture('1'), capture('0'))).toBe(
      `/compare?before=${id('1')}&after=${id('0')}`,
    );
  });

  it('asks for another one while nothing is known', () => {
    expect(pickHref(at('/compare'), undefined, capture('1'))).toBe(`/compare?of=${id('1')}`);
  });

  it('swaps the sides and keeps how they are looked at', () => {
    const query = new URLSearchParams(swappedQuery(new URLSearchParams(`before=a&after=b&as=sides&q=x`)));
    expect(Object.fromEntries(query)).toEqual({ before: 'b', after: 'a', as: 'sides', q: 'x' });
  });
});
