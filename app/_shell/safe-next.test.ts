import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

describe('where to go after signing in', () => {
  it('is the page that was asked for', () => {
    expect(safeNext('/captures?kind=cpu#top')).toBe('/captures?kind=cpu#top');
  });

  it.each([
    null,
    '',
    'captures',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('is the overview where %j does not lead to a page of our own', (wanted) => {
    expect(safeNext(wanted)).toBe('/');
  });
});
