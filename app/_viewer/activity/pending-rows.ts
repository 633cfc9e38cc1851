import {
  type Activity,
  type ActivityFrame,
  FRAME_KIND,
  ORIGIN,
  originOf,
  type PendingOperations,
} from '#profile/index.ts';
import { printable, shortPathOf } from '../flame/function-labels.ts';

/** A group of operations with its place in the artifact, by which the address names it. */
export interface PendingRow extends PendingOperations {
  readonly id: string;
}

export function rowsOf({ operations }: Activity): PendingRow[] {
  return operations.map((operation, index) => ({ ...operation, id: String(index) }));
}

export function isOwn({ url }: ActivityFrame): boolean {
  return originOf(url, FRAME_KIND.code) === ORIGIN.own;
}

/** Where a reader looks first: the innermost frame of the service's own code, else the innermost of all. */
export function tellingFrame(stack: readonly ActivityFrame[]): ActivityFrame | undefined {
  return stack.find(isOwn) ?? stack[0];
}

/** "lobby/join.ts:42"; empty for native code. */
export function placeOf({ url, line }: ActivityFrame): string {
  if (url === '') return '';
  const path = shortPathOf(url);
  return printable(line === 0 ? path : `${path}:${line}`);
}

/** @param typed looked for in what the operations are and in every frame of where they were begun */
export function isMatch(row: PendingRow, typed: string, type: string): boolean {
  if (type !== '' && row.type !== type) return false;
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const frames = row.stack?.map(({ name, url, line }) => `${name} ${url}:${line}`) ?? [];
  const text = [row.type, row.resource, ...frames].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

export function countOf(rows: readonly Pick<PendingRow, 'count'>[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** undefined when none of them has a known age. */
export function oldestOf(rows: readonly Pick<PendingRow, 'oldestAgeMs'>[]): number | undefined {
  const ages = rows.flatMap(({ oldestAgeMs }) => oldestAgeMs ?? []);
  return ages.length === 0 ? undefined : ages.reduce((a, b) => Math.max(a, b));
}
