import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeQuery, changeQueryLater, currentAddress, currentQuery, settleAddress } from './address.ts';

/** A window whose addresses a router takes over later, as Next's does: what it was told, one after the other. */
function openWindow(address: string) {
  const location = new URL(address, 'http://ops');
  let state: object | null = null;
  const taken: string[] = [];
  const write = (next: object | null, url: string) => {
    state = next;
    location.href = new URL(url, location).href;
  };
  const history = {
    get state() {
      return state;
    },
    replaceState(data: object, _unused: string, url: string) {
      // What carries the mark of the router is its own, which it need not be told.
      if (!('__NA' in data)) taken.push(url);
      write({ ...data, __NA: true }, url);
    },
  };
  vi.stubGlobal('window', { location, history });
  return {
    shown: () => location.pathname + location.search,
    /** The router has come to the next address, or has led elsewhere. */
    routerCommits: () => write({ ...state }, taken.shift() ?? location.href),
    routerLeadsTo: (url: string) => write({ __NA: true }, url),
  };
}

const choosing = (key: string, value: string) => (query: URLSearchParams) => {
  const next = new URLSearchParams(query);
  next.set(key, value);
  return next;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the query of the address', () => {
  test('keeps a choice that settles while the router takes over another one', () => {
    const { shown, routerCommits } = openWindow('/compare?a=1');
    changeQueryLater(choosing('sel', 'x'), 200);
    vi.advanceTimersByTime(150);
    changeQuery(choosing('as', 'sides'));
    vi.advanceTimersByTime(100);
    routerCommits();
    routerCommits();
    expect(shown()).toBe('/compare?a=1&sel=x&as=sides');
  });

  test('keeps the newer choice when an older one comes back for a moment', () => {
    const { shown, routerCommits } = openWindow('/compare');
    changeQuery(choosing('as', 'sides'));
    changeQuery(choosing('sel', 'x'));
    routerCommits();
    expect(shown()).toBe('/compare?as=sides');
    expect(currentQuery().toString()).toBe('as=sides&sel=x');
    expect(currentAddress()).toBe('http://ops/compare?as=sides&sel=x');
    changeQuery(choosing('order', 'name'));
    routerCommits();
    routerCommits();
    expect(shown()).toBe('/compare?as=sides&sel=x&order=name');
  });

  test('is that of the page to which the router has led since', () => {
    const { routerLeadsTo } = openWindow('/captures?state=failed');
    changeQuery(choosing('q', 'gate'));
    routerLeadsTo('/captures');
    expect(currentQuery().toString()).toBe('');
  });

  test('loses its mark of asking when nothing is chosen any more', () => {
    const { shown } = openWindow('/captures?q=gate');
    changeQuery(() => new URLSearchParams());
    expect(shown()).toBe('/captures');
    expect(currentQuery().toString()).toBe('');
  });
});

describe('a choice that has to settle', () => {
  test('is written once it has, and not before', () => {
    const { shown } = openWindow('/captures/1');
    changeQueryLater(choosing('sel', 'x'), 200);
    vi.advanceTimersByTime(199);
    expect(shown()).toBe('/captures/1');
    vi.advanceTimersByTime(1);
    expect(shown()).toBe('/captures/1?sel=x');
  });

  test('is written at once when the page is left or its link is copied', () => {
    const { shown } = openWindow('/captures/1');
    changeQueryLater(choosing('sel', 'x'), 200);
    settleAddress();
    expect(shown()).toBe('/captures/1?sel=x');
    changeQueryLater(choosing('sel', 'y'), 200);
    expect(currentAddress()).toBe('http://ops/captures/1?sel=y');
  });

  test('is not written when it was called off, nor to a page that has come since', () => {
    const { shown, routerLeadsTo } = openWindow('/captures/1');
    changeQueryLater(choosing('sel', 'x'), 200)();
    vi.advanceTimersByTime(200);
    expect(shown()).toBe('/captures/1');
    changeQueryLater(choosing('sel', 'x'), 200);
    routerLeadsTo('/captures/2');
    vi.advanceTimersByTime(200);
    settleAddress();
    expect(shown()).toBe('/captures/2');
  });
});
