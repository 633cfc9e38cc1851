import type { CallTree, IndexIntoCallTree, IndexIntoFunctionTable } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';

/**
 * Names a box of the picture by all that stands above it, so that a link finds it again: in another browser, with or
 * without idle time. A hash over names and places from the root down: two lanes of 32 bits, so that no two boxes of one
 * profile are alike in practice.
 */
export type StackAddress = string;

const PATTERN = /^[0-9a-f]{16}$/;
export const isStackAddress = (text: string): boolean => PATTERN.test(text);

export function addressOf(profile: OpenedProfile, tree: CallTree, row: IndexIntoCallTree): StackAddress {
  const functions: number[] = [];
  for (let at = row; at > 0; at = tree.parent[at] as number) functions.push(tree.func[at] as number);
  return addressOfPath(profile, functions.reverse());
}

/** Of the box that one comes to by these functions, from below the root on. */
export function addressOfPath(
  profile: OpenedProfile,
  functions: readonly IndexIntoFunctionTable[],
): StackAddress {
  let [high, low] = ROOT;
  for (const func of functions) [high, low] = addFrame(high, low, hashOf(profile, func));
  return hex(high) + hex(low);
}

/** The root when there is no such box. */
export function findAddress(
  profile: OpenedProfile,
  tree: CallTree,
  address: StackAddress,
): IndexIntoCallTree {
  const wantedHigh = Number.parseInt(address.slice(0, 8), 16) | 0;
  const wantedLow = Number.parseInt(address.slice(8), 16) | 0;
  const functions = Int32Array.from({ length: profile.functions.length }, (_, func) => hashOf(profile, func));
  const highs = new Int32Array(tree.length);
  const lows = new Int32Array(tree.length);
  [highs[0], lows[0]] = ROOT;
  for (let row = 1; row < tree.length; row++) {
    const parent = tree.parent[row] as number;
    const frame = functions[tree.func[row] as number] as number;
    const [high, low] = addFrame(highs[parent] as number, lows[parent] as number, frame);
    if (high === wantedHigh && low === wantedLow) return row;
    highs[row] = high;
    lows[row] = low;
  }
  return 0;
}

const ROOT: readonly [number, number] = [0x2545f491, 0x4f6cdd1d];

/** Two independent lanes of MurmurHash3's mixing. */
function addFrame(high: number, low: number, frame: number): [number, number] {
  return [
    mix(Math.imul(high, 5) ^ Math.imul(frame, 0x1b873593)),
    mix(Math.imul(low, 9) ^ Math.imul(frame, 0x2c1b3c6d)),
  ];
}

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hashOf(profile: OpenedProfile, func: number): number {
  const { functions, strings } = profile;
  let hash = mix((functions.line[func] as number) ^ Math.imul(functions.column[func] as number, 0x9e3779b1));
  for (const text of [
    strings[functions.name[func] as number] ?? '',
    strings[functions.url[func] as number] ?? '',
  ]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = mix(hash ^ text.length);
  }
  return hash;
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
