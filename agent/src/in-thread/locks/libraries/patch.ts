/** Any method of a library. */
export type Method = (this: object, ...given: unknown[]) => unknown;

/** Methods of classes that are replaced for a while. Nothing that our code throws gets into the service. */
export class Patch {
  #isOn = true;
  readonly #undo: (() => void)[] = [];
  readonly #done = new Map<object, Set<string>>();

  /** Whether the methods are still replaced. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /**
   * Replaces a method of the prototype itself. One that is replaced already, or is no plain method, is left alone.
   *
   * @param around is given the original and what the service will call instead of it, and returns what is done then
   */
  replace(prototype: object, name: string, around: (original: Method, ours: Method) => Method): void {
    const was = Object.getOwnPropertyDescriptor(prototype, name);
    const original = was?.value as Method | undefined;
    if (!was?.configurable || typeof original !== 'function' || this.#isDone(prototype, name)) return;
    const isOn = () => this.#isOn;
    // Whoever has wrapped ours meanwhile, or holds on to it, is not recorded after the end.
    const ours: Method = function (...given) {
      return (isOn() ? replaced : original).apply(this, given);
    };
    const replaced = around(original, ours);
    Object.defineProperties(ours, {
      name: { value: original.name, configurable: true },
      length: { value: original.length, configurable: true },
    });
    Object.defineProperty(prototype, name, { ...was, value: ours });
    this.#undo.push(() => {
      const is = Object.getOwnPropertyDescriptor(prototype, name);
      if (is?.value === ours) Object.defineProperty(prototype, name, was);
    });
  }

  undo(): void {
    this.#isOn = false;
    for (const undo of this.#undo.splice(0).reverse()) quietly(undo);
  }

  #isDone(prototype: object, name: string): boolean {
    const names = this.#done.get(prototype) ?? new Set();
    this.#done.set(prototype, names);
    if (names.has(name)) return true;
    names.add(name);
    return false;
  }
}

/** Does what is ours; the service goes on whatever becomes of it. */
export function quietly<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Whether the object has all of these as methods. */
export function hasMethods(value: unknown, names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

/** The prototype of a class that is exported under its name, or is all that is exported. */
export function prototypeOf(exported: unknown, name: string): unknown {
  for (const outer of [exported, defaultOf(exported)]) {
    if (typeof outer === 'function' && outer.name === name) return outer.prototype;
    const named = isObject(outer) ? (outer as Record<string, unknown>)[name] : undefined;
    if (typeof named === 'function') return named.prototype;
  }
  return undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function defaultOf(exported: unknown): unknown {
  return isObject(exported) ? (exported as { default?: unknown }).default : undefined;
}
