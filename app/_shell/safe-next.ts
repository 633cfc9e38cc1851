/** Where to go after signing in: a path of our own, whatever the address says. */
export function safeNext(wanted: string | null): string {
  if (wanted === null) return '/';
  // Resolved as a browser would, so that "//elsewhere" and "/\elsewhere" are seen for what they are.
  const base = 'http://own.invalid';
  try {
    const url = new URL(wanted, base);
    return url.origin === base && wanted.startsWith('/') ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}
