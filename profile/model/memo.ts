/**
 * Keeps what is derived of an object for as long as the object lives. Only for what depends on nothing else: a profile is
 * never changed, and its millions of samples are not to be walked again for what was known.
 */
export function memo<K extends object, V>(derive: (from: K) => V): (from: K) => V {
  const known = new WeakMap<K, V>();
  return (from) => {
    const found = known.get(from);
    if (found !== undefined) return found;
    const derived = derive(from);
    known.set(from, derived);
    return derived;
  };
}
