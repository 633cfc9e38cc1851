import type { HeapObjectRow } from '#profile/heap/query/heap-query.ts';

/**
 * What a sampled profile may call the code that an object stands for: a function by its own name, an object by its class,
 * whose constructor has the same. Undefined for what the runtime made, which no code of the service is named by.
 */
export function functionOrClassOf({ type, className, label }: HeapObjectRow): string | undefined {
  if (type === 'closure') return /^[\w$.#]+/.exec(label.replace(/^\(?function\)? |^async |\(\)$/g, ''))?.[0];
  if (type !== 'object' || BUILT_IN.has(className)) return undefined;
  return /^[A-Za-z_$][\w$]*$/.test(className) ? className : undefined;
}

/** Classes of the language: that there are any says nothing of who made them. */
const BUILT_IN: ReadonlySet<string> = new Set(
  'Object,Array,Map,Set,WeakMap,WeakSet,Promise,Date,RegExp,Error,Function,Symbol,ArrayBuffer,Buffer,Uint8Array'.split(
    ',',
  ),
);
