/**
 * Makes something of what a module exports, when it is first asked for; undefined where no WebAssembly may run, as below a policy that
 * somebody has put before ours.
 *
 * @param module in base64; it imports nothing
 */
export function makeOnce<Exports, Made>(
  module: string,
  make: (exports: Exports) => Made,
): () => Made | undefined {
  let known: { readonly made: Made | undefined } | undefined;
  return () => {
    if (known === undefined) {
      const exports = instantiate<Exports>(module);
      known = { made: exports && make(exports) };
    }
    return known.made;
  };
}

function instantiate<Exports>(module: string): Exports | undefined {
  const code = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}
