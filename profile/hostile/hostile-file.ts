/** A file that one would rather not be given. */
export interface HostileFile {
  /** Says what is wrong with it, with the ending that it pretends to have. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(name: string, text: string): HostileFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

export function jsonFile(name: string, json: unknown): HostileFile {
  return textFile(name, JSON.stringify(json));
}

/** As gzip. */
export async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Names that are made to do something where they are shown, or to look like something else. */
export const HOSTILE_NAMES: Readonly<Record<string, string>> = {
  markup: '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>',
  attribute: '"\' onmouseover=document.title="owned" x="',
  'right-to-left': '\u202egnp.sj\u202c\u2067abc',
  controls: 'a\u0000b\u001b[2Jc\u0007d\u0085e\u200bf',
  'half-a-character': 'x\ud800y\udc00z',
  combining: `a${'\u0301'.repeat(5000)}`,
  prototype: '__proto__',
  constructor: 'constructor',
  'long-name': 'n'.repeat(1 << 20),
  'path-traversal': '../../../../etc/passwd%00',
  'script-address': 'javascript:document.title="owned"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to be shown as it stands
  template: '${document.title="owned"}{{7*7}}',
  formula: '=HYPERLINK("http://localhost","x")',
  newline: 'a\r\nb\u2028c',
  nothing: '',
  spaces: '   ',
};

/** Numbers from 0 to 1, the same at every start (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Deeper than any stack that is read. */
export const TOO_DEEP = 70_000;
