/**
 * The query of the address, which all that is chosen on a page shares: there is one way to read it and one to change it,
 * so that no choice undoes another.
 *
 * Next's router keeps the address as well, takes it over a moment after each change, and writes then what it has taken
 * over. An older change can so come back for a moment, and what reads the address then would lose the newer one. What was
 * wanted last stands therefore in the state of the history's entry, which the router leaves alone until it leads elsewhere.
 */
const WANTED = 'wantedQuery';

/** What has been chosen and is not in the address yet; see `changeQueryLater`. */
const unsettled = new Set<() => void>();

/** The query as it is wanted, whether or not the router has come to it. */
export function currentQuery(): URLSearchParams {
  const entry: unknown = window.history.state;
  const wanted =
    typeof entry === 'object' && entry !== null && WANTED in entry ? entry[WANTED] : window.location.search;
  return new URLSearchParams(String(wanted));
}

/** Replaces the entry of the history by one with another query, after all that waits for being written. */
export function changeQuery(change: (query: URLSearchParams) => URLSearchParams): void {
  settleAddress();
  const query = change(currentQuery()).toString();
  const { pathname } = window.location;
  // Without the router's own marks in the state, which would keep the change from the router.
  window.history.replaceState({ [WANTED]: query }, '', query === '' ? pathname : `${pathname}?${query}`);
}

/**
 * Changes the query once that long has passed without it being called off, or as soon as something else needs the address.
 * Browsers refuse more than about a hundred changes in half a minute, so that what moves is written when it has come to rest.
 *
 * @returns calls it off
 */
export function changeQueryLater(
  change: (query: URLSearchParams) => URLSearchParams,
  milliseconds: number,
): () => void {
  const { pathname } = window.location;
  const callOff = () => {
    clearTimeout(timer);
    unsettled.delete(write);
  };
  const write = () => {
    callOff();
    // It is not about the page that has come since.
    if (window.location.pathname === pathname) changeQuery(change);
  };
  const timer = setTimeout(write, milliseconds);
  unsettled.add(write);
  return callOff;
}

/** Writes all that waits for it now. */
export function settleAddress(): void {
  for (const write of [...unsettled]) write();
}

/** What leads here, and to all that is chosen. */
export function currentAddress(): string {
  settleAddress();
  const address = new URL(window.location.href);
  address.search = currentQuery().toString();
  return address.href;
}
