import { NODE_TYPE } from './node-type.ts';

/** V8 keeps so many characters of a string in a snapshot, and says nothing of the rest. */
export const V8_STRING_LIMIT = 1024;
/** What the agent puts in place of a content. */
const REDACTED = /^<(?:1 character|\d{1,10}\+? characters)(?: #\d+)?>$/;

/** How much a snapshot says of a string: all, only how it begins, or only what it was sliced from. */
export type StringExtent = 'whole' | 'beginning' | 'sliced from';

export function isString(type: number | undefined): boolean {
  return (
    type === NODE_TYPE.string ||
    type === NODE_TYPE['concatenated string'] ||
    type === NODE_TYPE['sliced string']
  );
}

export function isRedactedText(text: string): boolean {
  return REDACTED.test(text);
}
