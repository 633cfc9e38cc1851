/** The strings of a heap that nodes and edges share, and where which of them stand. */
export interface HeapNames {
  readonly all: readonly string[];
  /** The index of a fixed string. */
  readonly of: Readonly<Record<FixedName, number>>;
  /** Of the edge to what an object inherits from. */
  readonly proto: number;
  readonly firstClass: number;
  readonly firstProperty: number;
  readonly firstFunction: number;
  readonly firstTag: number;
}

export const CLASSES = 400;
export const PROPERTIES = 3000;
export const FUNCTIONS = 4000;
export const TAGS = 40;

/** In V8's order: what the first node leads to. */
export const GC_ROOTS = [
  '(Bootstrapper)',
  '(Builtins)',
  '(Client heap)',
  '(Code flusher)',
  '(Compilation cache)',
  '(Debugger)',
  '(Extensions)',
  '(Eternal handles)',
  '(External strings)',
  '(Global handles)',
  '(Handle scope)',
  '(Micro tasks)',
  '(Read-only roots)',
  '(Relocatable)',
  '(Retain maps)',
  '(Stack roots)',
  '(Startup object cache)',
  '(Internalized strings)',
  '(Strong root list)',
  '(Thread manager)',
  '(Traced handles)',
  '(Weak roots)',
  '(Write barrier)',
] as const;

const FIXED = [
  '<dummy>',
  '',
  '(GC roots)',
  ...GC_ROOTS,
  'C++ Persistent roots',
  'Node / Environment',
  'global',
  'system / NativeContext',
  'sloppy_function_map',
  '(map descriptors)',
  'system / Map',
  'system / Context',
  'system / FeedbackCell',
  'system / PropertyArray',
  'system / JSArrayBufferData',
  'system / ExternalStringData',
  'system / Cell',
  '(shared function info)',
  '(object elements)',
  '(object properties)',
  '(concatenated string)',
  'heap number',
  'bigint',
  'symbol',
  'Object',
  'Array',
  'Map',
  'WeakMap',
  'WeakRef',
  'ArrayBuffer',
  'InternalNode',
  'constructor',
  'prototype',
  'map',
  'elements',
  'properties',
  'table',
  'next',
  'context',
  'shared',
  'feedback_cell',
  'previous',
  'scope_info',
  'descriptors',
  'backing_store',
  'first',
  'second',
  'parent',
  'target',
  'bound_this',
  'resource',
  'value',
  'native_context',
] as const;
export type FixedName = (typeof FIXED)[number];

const SYLLABLES = ['se', 'ro', 'ma', 'ti', 'lo', 'ga', 'be', 'player', 'bet', 'seat', 'room', 'id', 'state'];

const word = (number: number) => {
  let text = '';
  for (let rest = number + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    text += SYLLABLES[rest % SYLLABLES.length];
  return text;
};
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The name of objects of a class. Every sixth is plain: of those DevTools makes interfaces by their properties. */
export const classNameOf = (names: HeapNames, number: number): number =>
  number % 6 === 2 ? names.of.Object : names.firstClass + number;

export function heapNames(): HeapNames {
  const all: string[] = [...FIXED];
  const list = (count: number, make: (number: number) => string): number => {
    const first = all.length;
    for (let number = 0; number < count; number++) all.push(make(number));
    return first;
  };
  const proto = list(1, () => '__proto__');
  const firstClass = list(CLASSES, (number) => `${capital(word(number))}Model`);
  const firstProperty = list(PROPERTIES, (number) => `${word(number)}${number % 11 === 0 ? 'Id' : ''}`);
  const firstFunction = list(FUNCTIONS, (number) => `on${capital(word(number))}`);
  const firstTag = list(TAGS, (number) =>
    number % 2 === 0 ? `<div class="${word(number)}">` : `<span id="${word(number)}">`,
  );
  const of = Object.fromEntries(FIXED.map((name, index) => [name, index])) as Record<FixedName, number>;
  return { all, of, proto, firstClass, firstProperty, firstFunction, firstTag };
}
