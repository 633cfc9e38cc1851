import { FRAME_KIND, findPackage } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';

/** Controls, and marks that reorder or hide text: a service could use them to make one name look like another. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST = 300;

type NamedFunctions = Pick<OpenedProfile, 'strings' | 'functions'>;

/** What stands above all stacks, and is no function. */
export function isRoot({ functions }: OpenedProfile, func: number): boolean {
  return functions.kind[func] === FRAME_KIND.root;
}

/** What a function is called on the screen, whatever the service called it. */
export function labelOf(
  profile: NamedFunctions,
  func: number,
  anonymous: string,
  withoutLabel = anonymous,
): string {
  const name = profile.strings[profile.functions.name[func] as number] ?? '';
  if (name === '' && profile.functions.kind[func] === FRAME_KIND.label) return withoutLabel;
  return name === '' ? anonymous : printable(name);
}

/**
 * As little of the path as tells files apart, with the line: `bcryptjs/index.js:738` in a package, `user-service/login.ts:42`
 * in own code, `node:internal/timers:512` in Node.js. The empty string for what has no script.
 */
export function placeOf(profile: NamedFunctions, func: number): string {
  const url = urlOf(profile, func);
  return url === '' ? '' : withLine(profile, func, shortPathOf(url));
}

/** The whole path with the line. */
export function fullPlaceOf(profile: OpenedProfile, func: number): string {
  const url = urlOf(profile, func);
  return url === '' ? '' : withLine(profile, func, url.replace(/^file:\/\//, ''));
}

export function urlOf(profile: NamedFunctions, func: number): string {
  return profile.strings[profile.functions.url[func] as number] ?? '';
}

/** Many packages keep their code in an `index.js`, many services in a `main.ts`: the file's name alone says too little. */
export function shortPathOf(url: string): string {
  if (url.startsWith('node:')) return url;
  const parts = url.split(/[\\/]/).filter((part) => part !== '' && part !== 'file:');
  const file = parts.at(-1) ?? url;
  const room = findPackage(url) ?? parts.at(-2);
  return room === undefined || room === file ? file : `${room}/${file}`;
}

function withLine(profile: NamedFunctions, func: number, path: string): string {
  const line = profile.functions.line[func] as number;
  return printable(line === 0 ? path : `${path}:${line}`);
}

/** Nothing in it can reorder, hide or break the text around it. */
export function printable(text: string): string {
  const shown = text.replace(DECEPTIVE, '\ufffd');
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
