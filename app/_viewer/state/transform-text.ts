import type { FrameSelector, FunctionName, Transform } from '#profile/index.ts';
import { ORIGIN, type Origin } from '#profile/index.ts';
import { joinTexts, splitTexts } from './length-prefixed.ts';

/** The letters by which an address names what is done. */
const LETTERS = { hide: 'h', collapse: 'c', focus: 'f', drop: 'd' } as const;
const RECURSION = 'r';

type FrameTransformKind = keyof typeof LETTERS;
const KINDS = Object.keys(LETTERS) as FrameTransformKind[];

/** A transform as an address holds it: `hp~lodash`, `ho2`, `ff12.3.4~mainfile:///srv/main.ts`, `r`. */
export function transformToText(transform: Transform): string {
  if (transform.kind === 'collapse-recursion') return RECURSION;
  return LETTERS[transform.kind] + selectorToText(transform.frames);
}

/** Undefined for what makes no sense. */
export function parseTransform(text: string): Transform | undefined {
  if (text === RECURSION) return { kind: 'collapse-recursion' };
  const kind = KINDS.find((name) => LETTERS[name] === text[0]);
  const frames = parseSelector(text.slice(1));
  return kind && frames && { kind, frames };
}

/** `12.3.4~mainfile:///srv/main.ts`: line, column, name and file. */
export function functionToText({ name, url, line, column }: FunctionName): string {
  return `${line}.${column}.${joinTexts(name, url)}`;
}

export function parseFunction(text: string): FunctionName | undefined {
  const place = /^(\d{1,10})\.(\d{1,10})\./.exec(text);
  if (place === null) return undefined;
  const [name, url] = splitTexts(text.slice(place[0].length)) ?? [];
  if (name === undefined || url === undefined) return undefined;
  return { name, url, line: Number(place[1]), column: Number(place[2]) };
}

function selectorToText(frames: FrameSelector): string {
  switch (frames.by) {
    case 'function':
      return `f${functionToText(frames.function)}`;
    case 'file':
      return `u~${frames.url}`;
    case 'package':
      return `p~${frames.name}`;
    case 'origin':
      return `o${frames.origin}`;
  }
}

function parseSelector(text: string): FrameSelector | undefined {
  const rest = text.slice(2);
  if (text.startsWith('u~')) return { by: 'file', url: rest };
  if (text.startsWith('p~')) return { by: 'package', name: rest };
  if (text.startsWith('f')) {
    const found = parseFunction(text.slice(1));
    return found && { by: 'function', function: found };
  }
  const origin = /^o\d$/.test(text) ? Number(text[1]) : undefined;
  return isOrigin(origin) ? { by: 'origin', origin } : undefined;
}

function isOrigin(value: number | undefined): value is Origin {
  return Object.values(ORIGIN).some((origin) => origin === value);
}
