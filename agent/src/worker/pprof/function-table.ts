import type { LocatedFrame } from '../../in-thread/stacks/frame-url.ts';

/** A function as pprof knows it. */
export interface PprofFunction {
  /** No two functions have the same: pprof tells them apart by name alone unless asked otherwise. */
  name: string;
  /** As the code has it, empty when it has none. */
  plainName: string;
  url: string;
  line: number;
}

/** The functions that the frames belong to, and which one each frame belongs to. */
export function toFunctions(frames: readonly LocatedFrame[]): {
  functions: PprofFunction[];
  ofFrame: number[];
} {
  const numbers = new Map<string, number>();
  const functions: PprofFunction[] = [];
  const ofFrame = frames.map(({ name, url, functionLine }) => {
    const key = JSON.stringify([name, url, functionLine]);
    let number = numbers.get(key);
    if (number === undefined) {
      number = functions.push({ name, plainName: name, url, line: functionLine }) - 1;
      numbers.set(key, number);
    }
    return number;
  });
  nameApart(functions, placed);
  nameApart(functions, ({ plainName, url, line }) => `${plainName || '(anonymous)'} (${url}:${line})`);
  return { functions, ofFrame };
}

/** Anonymous functions always carry their place, others where their name is shared. */
function placed({ plainName, url, line }: PprofFunction): string {
  const place = url === '' ? 'native' : `${url.slice(url.lastIndexOf('/') + 1) || url}:${line}`;
  return plainName === '' ? `(anonymous ${place})` : `${plainName} (${place})`;
}

function nameApart(functions: PprofFunction[], toName: (func: PprofFunction) => string): void {
  const seen = new Map<string, number>();
  for (const { name } of functions) seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const func of functions) {
    if (func.name === '' || (seen.get(func.name) ?? 0) > 1) func.name = toName(func);
  }
}
