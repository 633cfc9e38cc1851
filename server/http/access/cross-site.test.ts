import { describe, expect, it } from 'vitest';
import { findForeignSign } from './cross-site.ts';

const OWN = 'http://localhost:3000';
const approach = (method: string, headers: Record<string, string>, bearer = false) =>
  findForeignSign({ method, headers, ownOrigin: OWN, bearer });

describe('a request that changes something', () => {
  const marked = { 'x-opscenter': '1' };

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('by %s needs the header or a bearer token', (method) => {
    expect(approach(method, {})).toMatch(/x-opscenter/);
    expect(approach(method, { 'x-opscenter': 'yes' })).toMatch(/x-opscenter/);
    expect(approach(method, marked)).toBeUndefined();
    expect(approach(method, {}, true)).toBeUndefined();
  });

  it('comes from our own pages when a browser says so', () => {
    expect(approach('POST', { ...marked, origin: OWN, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
  });

  it.each([
    'http://evil.example',
    'null',
    'https://localhost:3000',
    'http://localhost:5000',
    'http://localhost:3000.evil.example',
  ])('from the origin %s is foreign, even with the header and a token', (origin) => {
    expect(approach('POST', { ...marked, origin })).toMatch(/Origin/);
    expect(approach('POST', { ...marked, origin }, true)).toMatch(/Origin/);
  });

  it.each(['cross-site', 'same-site', 'none'])('that a browser calls %s is foreign', (site) => {
    expect(approach('POST', { ...marked, 'sec-fetch-site': site })).toMatch(/Sec-Fetch-Site/);
  });
});

describe('a request that only reads', () => {
  it('needs no header', () => expect(approach('GET', {})).toBeUndefined());

  it('may follow a link on another site', () => {
    expect(approach('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBeUndefined();
  });

  it.each(['no-cors', 'cors', 'websocket'])('may not be made by a page of another site (%s)', (mode) => {
    for (const site of ['cross-site', 'same-site']) {
      expect(approach('GET', { 'sec-fetch-site': site, 'sec-fetch-mode': mode })).toMatch(/Sec-Fetch-Site/);
    }
  });
});
