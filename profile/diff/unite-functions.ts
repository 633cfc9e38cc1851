import { FunctionUnion } from '../merge/function-union.ts';
import { FRAME_KIND, type IndexIntoFunctionTable, type Profile } from '../model/profile.ts';

export interface UnitedFunctions extends Pick<Profile, 'strings' | 'functions'> {
  /** From the functions of `before` to those of both; those of `after` keep their rows. */
  readonly ofBefore: Uint32Array;
}

/** Equal functions are one, and one that moved within its file is itself still. */
export function uniteFunctions(before: Profile, after: Profile): UnitedFunctions {
  const union = new FunctionUnion();
  union.add(after);
  const ofBefore = union.add(before);
  const united = union.finish();
  const isInBefore = new Uint8Array(united.functions.length);
  for (const func of ofBefore) isInBefore[func] = 1;
  const gone: IndexIntoFunctionTable[] = [];
  const come: IndexIntoFunctionTable[] = [];
  for (let func = 0; func < united.functions.length; func++) {
    if (func >= after.functions.length) gone.push(func);
    else if (isInBefore[func] === 0) come.push(func);
  }
  const moved = matchMoved(united, gone, come);
  return { ...united, ofBefore: ofBefore.map((func) => moved.get(func) ?? func) };
}

/**
 * Pairs those that are gone with those that have come by name and file, where either side has one such function alone:
 * which of several is which cannot be told. Functions without a name are not paired.
 */
function matchMoved(
  { functions, strings }: Pick<Profile, 'strings' | 'functions'>,
  gone: readonly IndexIntoFunctionTable[],
  come: readonly IndexIntoFunctionTable[],
): Map<IndexIntoFunctionTable, IndexIntoFunctionTable> {
  const goneByName = onlyOnes(functions, strings, gone);
  const comeByName = onlyOnes(functions, strings, come);
  const moved = new Map<IndexIntoFunctionTable, IndexIntoFunctionTable>();
  for (const [name, func] of goneByName) {
    const now = comeByName.get(name);
    if (func !== undefined && now !== undefined) moved.set(func, now);
  }
  return moved;
}

/** By name and url as one number; undefined where several functions have them in common. */
function onlyOnes(
  { name, url, kind }: Profile['functions'],
  strings: readonly string[],
  among: readonly IndexIntoFunctionTable[],
): Map<number, IndexIntoFunctionTable | undefined> {
  const found = new Map<number, IndexIntoFunctionTable | undefined>();
  for (const func of among) {
    const named = name[func] as number;
    if (kind[func] !== FRAME_KIND.code || strings[named] === '') continue;
    const key = named * strings.length + (url[func] as number);
    found.set(key, found.has(key) ? undefined : func);
  }
  return found;
}
