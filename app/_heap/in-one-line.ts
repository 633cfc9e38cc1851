import { printable } from '../_viewer/flame/function-labels.ts';

/**
 * What a process has called something, or a text of its own, in one line: nothing in it can reorder, hide or break what stands
 * around it. For what is seen alone: questions have names as they are.
 */
export function inOneLine(text: string): string {
  return printable(text.replace(/\s+/gu, ' '));
}
