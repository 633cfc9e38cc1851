import type { Profile } from '../model/profile.ts';

/**
 * One name per function, no two alike. pprof tells functions apart by name alone unless asked otherwise, which would
 * make one of every anonymous function; so these always carry their place, and others do where their name is shared.
 */
export function toUniqueNames(profile: Profile): string[] {
  const { functions, strings } = profile;
  const plain = Array.from(functions.name, (name) => strings[name] ?? '');
  const shared = sharedAmong(plain);
  const placed = plain.map((name, func) => {
    const url = urlOf(profile, func);
    const place = url === '' ? 'native' : `${fileName(url)}:${functions.line[func]}`;
    if (name === '') return `(anonymous ${place})`;
    return shared.has(name) ? `${name} (${place})` : name;
  });
  const stillShared = sharedAmong(placed);
  const names = placed.map((name, func) => {
    if (!stillShared.has(name)) return name;
    const column = functions.column[func];
    return `${plain[func] || '(anonymous)'} (${urlOf(profile, func)}:${functions.line[func]}:${column})`;
  });
  return names;
}

function urlOf(profile: Profile, func: number): string {
  return profile.strings[profile.functions.url[func] as number] ?? '';
}

function fileName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1) || url;
}

function sharedAmong(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const name of names) (seen.has(name) ? shared : seen).add(name);
  return shared;
}
