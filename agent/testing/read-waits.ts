import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';

export interface ReadWait {
  type: string;
  resource: string;
  isPending: boolean;
  /** Names of the functions, leaf first. */
  stack: string[];
  count: number;
  waitedMs: number;
}

/** The samples of a wait profile, by another reader than what wrote it. */
export function readWaits(bytes: Uint8Array): ReadWait[] {
  const profile = Profile.decode(gunzipSync(bytes));
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? '';
  const functions = new Map(profile.function.map(({ id, name }) => [Number(id), text(name)]));
  const locations = new Map(
    profile.location.map(({ id, line }) => [Number(id), functions.get(Number(line[0]?.functionId)) ?? '']),
  );
  return profile.sample.map(({ locationId, value, label }) => {
    const labels = new Map(label.map(({ key, str }) => [text(key), text(str)]));
    return {
      type: labels.get('type') ?? '',
      resource: labels.get('resource') ?? '',
      isPending: labels.get('state') === 'pending',
      stack: locationId.map((id) => locations.get(Number(id)) ?? ''),
      count: Number(value[0]),
      waitedMs: Number(value[1]) / 1e6,
    };
  });
}

/** Those that begin in the function, added up: type, and how long one takes on average. */
export function waitsIn(waits: readonly ReadWait[], name: string, type: string) {
  const own = waits.filter((wait) => wait.type === type && wait.stack.includes(name) && !wait.isPending);
  const count = own.reduce((sum, wait) => sum + wait.count, 0);
  const waitedMs = own.reduce((sum, wait) => sum + wait.waitedMs, 0);
  return { count, averageMs: count === 0 ? 0 : waitedMs / count };
}
