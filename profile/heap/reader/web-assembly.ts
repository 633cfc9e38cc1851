/**
 * What a module exports that imports nothing. Undefined where no WebAssembly may run, as below a policy that somebody has put before
 * ours.
 *
 * @param module in base64
 */
export function instantiate<Exports>(module: string): Exports | undefined {
  const code = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}
