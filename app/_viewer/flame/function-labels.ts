import type { OpenedProfile } from '../loading/protocol.ts';

/** Controls, and marks that reorder or hide text: a service could use them to make one name look like another. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST = 300;

/** What a function is called on the screen, whatever the service called it. */
export function labelOf(profile: OpenedProfile, func: number, anonymous: string): string {
  const name = profile.strings[profile.functions.name[func] as number] ?? '';
  return name === '' ? anonymous : printable(name);
}

/** `login.ts:42`, or the empty string for what has no script. */
export function placeOf(profile: OpenedProfile, func: number): string {
  const url = urlOf(profile, func);
  return url === '' ? '' : withLine(profile, func, url.slice(url.lastIndexOf('/') + 1) || url);
}

/** The whole path with the line. */
export function fullPlaceOf(profile: OpenedProfile, func: number): string {
  const url = urlOf(profile, func);
  return url === '' ? '' : withLine(profile, func, url.replace(/^file:\/\//, ''));
}

export function urlOf(profile: OpenedProfile, func: number): string {
  return profile.strings[profile.functions.url[func] as number] ?? '';
}

function withLine(profile: OpenedProfile, func: number, path: string): string {
  const line = profile.functions.line[func] as number;
  return printable(line === 0 ? path : `${path}:${line}`);
}

function printable(text: string): string {
  const shown = text.replace(DECEPTIVE, '\ufffd');
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
