import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const english = createFormats('en-US', 'UTC');
/** Non-breaking spaces made visible as plain ones. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('formats', () => {
  it.each([
    [0, '0 s'],
    [0.34, '340 ms'],
    [4.25, '4.3 s'],
    [12, '12 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
    [273_600, '3 d 4 h'],
  ])('say %d seconds in the two greatest units', (seconds, text) => {
    expect(plain(english.duration(seconds))).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [84_200_000, '84.2 MB'],
    [999_600, '1 MB'],
    [2_147_483_648, '2.15 GB'],
    [-1500, '-1.5 kB'],
  ])('say %d bytes with a unit that keeps the figure short', (value, text) => {
    expect(plain(english.bytes(value))).toBe(text);
  });

  it('show what was not measured as a dash, and a measured zero as a zero', () => {
    expect(english.orDash(null, english.bytes)).toBe('–');
    expect(english.orDash(undefined, english.bytes)).toBe('–');
    expect(english.orDash(0, english.cores)).toBe('0');
  });

  it('count in the singular and plural of the language', () => {
    const forms = { one: 'instance', other: 'instances' };
    expect(plain(english.count(1, forms))).toBe('1 instance');
    expect(plain(english.count(1234, forms))).toBe('1,234 instances');
    expect(plain(createFormats('ko', 'UTC').count(1, { other: '개' }))).toBe('1 개');
  });

  it('write figures the way the locale does', () => {
    expect(createFormats('de-DE', 'UTC').figure(1.234)).toBe('1,23');
    expect(plain(createFormats('zh-Hant', 'UTC').duration(12))).toBe('12 秒');
  });

  it.each(['en-US', 'de-DE', 'ja-JP'])('name the zone once in UTC instants of %s', (locale) => {
    const text = createFormats(locale, 'Asia/Tokyo').utc(Date.UTC(2026, 2, 5, 9, 30, 1));
    expect(text.match(/UTC/g)).toHaveLength(1);
  });

  it('know a reader whose own zone is UTC', () => {
    expect(createFormats('en-US', 'UTC').isUtc).toBe(true);
    expect(createFormats('en-US', 'Asia/Tokyo').isUtc).toBe(false);
  });

  it('give the date only when it is not today', () => {
    const now = Date.UTC(2026, 2, 5, 18);
    expect(plain(english.moment(Date.UTC(2026, 2, 5, 9, 30, 1), now))).toBe('9:30:01 AM');
    expect(plain(english.moment(Date.UTC(2026, 2, 4, 9, 30, 1), now))).toBe('Mar 4, 9:30 AM');
  });
});
