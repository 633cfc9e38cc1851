/** Names that people and compilers give are shorter. */
const mostNameCharacters = 200;
/** V8 keeps so many characters of a string (its flag `heap_snapshot_string_limit`), and says nothing of the rest. */
const v8Limit = 1024;

/** What stands in the place of a content. */
export function lengthOf(characters: number): string {
  if (characters >= v8Limit) return `<${v8Limit}+ characters>`;
  return characters === 1 ? '<1 character>' : `<${characters} characters>`;
}

/**
 * Names stay: of classes, properties, functions, variables, files. This finds those that carry data all the same, and says
 * what stands in their place: only what is data is taken out where the rest has a meaning of its own.
 *
 * @param name as it stands in the file, between its quotes, escapes and all
 * @param index of the string, which keeps names apart that are of one length
 * @param isContent whether the node with an id is named by its content
 * @returns undefined when the name stays as it is
 */
export function redactName(
  name: string,
  index: number,
  isContent: (nodeId: number) => boolean,
): string | undefined {
  const rewritten = name.includes('part of key (')
    ? (redactWeakMapEdge(name, isContent) ?? name)
    : redactAddress(name);
  if (rewritten !== name) return rewritten;
  if (!isWeakMapEdge(name) && isData(name)) return `<${countCharacters(name)} characters #${index}>`;
  return undefined;
}

const weakMapEdge = /^((?:\d+ \/ )?part of key )\((.*)\) pair in WeakMap (\(table @\d+\))$/s;

function isWeakMapEdge(name: string): boolean {
  return weakMapEdge.test(name);
}

/**
 * V8 names what holds a value in a WeakMap by key and value: "1 / part of key (Session @7) -> value (hunter2 @9) pair in
 * WeakMap (table @11)". Chrome DevTools reads the ids of such names, so they stay.
 *
 * @see https://github.com/v8/v8/blob/main/src/profiler/heap-snapshot-generator.cc (ExtractEphemeronHashTableReferences)
 */
function redactWeakMapEdge(name: string, isContent: (nodeId: number) => boolean): string | undefined {
  const [, head, pair, table] = weakMapEdge.exec(name) ?? [];
  if (head === undefined || pair === undefined) return undefined;
  const sides = pair.split(') -> value (');
  // More than two when one of them holds these very characters: then nobody can tell where it ends.
  const [key, value] = sides.length === 2 ? sides : [`${pair} @0`, ' @0'];
  const [left, right] = [redactSide(key, isContent), redactSide(value, isContent)];
  return `${head}(${left}) -> value (${right}) pair in WeakMap ${table}`;
}

function redactSide(side: string | undefined, isContent: (nodeId: number) => boolean): string {
  const [, name = '', id = '0'] = /^(.*) @(\d+)$/s.exec(side ?? '') ?? [];
  const isKept = id !== '0' && !isContent(Number(id)) && redactAddress(name) === name && !isData(name);
  // DevTools takes no name with a line break for such an edge, before as after.
  const lineBreak = /\\[nr]|\\u202[89]/.test(name) ? '\\n' : '';
  return `${isKept ? name : lengthOf(countCharacters(name)) + lineBreak} @${id}`;
}

/** Takes out of an address what only its user knows: the data of a `data:` URL, a password, a query, a fragment. */
function redactAddress(name: string): string {
  const data = /^data:[^,]{0,100},/.exec(name)?.[0];
  if (data !== undefined) return data + rest(name.slice(data.length));
  let address = name.replace(/(:\/\/)([^/?#\s]+)(@)/, (_, before, user, at) => before + rest(user) + at);
  address = address.replace(/(\?)([^?\s]*=.*)$/s, (_, mark, query) => mark + rest(query));
  return /:\/\//.test(address)
    ? address.replace(/(#)([^#]+)$/, (_, mark, part) => mark + rest(part))
    : address;
}

function rest(data: string): string {
  return data === '' ? '' : lengthOf(countCharacters(data));
}

/** Whether a name is no word that anybody wrote into a program: a token, an id, an address, a text. */
function isData(name: string): boolean {
  const word = /^(?:[gs]et |<symbol )?(.*?)>?$/s.exec(name)?.[1] ?? name;
  if (word.length > mostNameCharacters) return countCharacters(word) > mostNameCharacters;
  if (/^[\d -]*$/.test(word)) return countDigits(word) >= (/^\d+$/.test(word) ? 8 : 12);
  if (/(?:^|[^\w.+%/-])[\w.+%-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b/i.test(word)) return true;
  return !isFile(word) && hasToken(word);
}

/** What is drawn by lot and long enough to be a secret: JSON web tokens, hex digits, UUIDs, base 64 and 36. */
function hasToken(word: string): boolean {
  if (/\beyJ[\w-]{10,}\.|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(word)) return true;
  if ((word.match(/[0-9a-f]{24,}/gi) ?? []).some((run) => countDigits(run) >= 4)) return true;
  return (word.match(/[A-Za-z0-9+/_=~-]{32,}/g) ?? []).some(isDrawnByLot);
}

function isFile(word: string): boolean {
  return /^(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*\.(?:[cm]?[jt]sx?|json|node|wasm)$/.test(word);
}

/** Words change between small letters, capitals and digits at their seams; what was drawn by lot does everywhere. */
function isDrawnByLot(run: string): boolean {
  const characters = run.replace(/[^A-Za-z0-9]/g, '');
  const changes = characters.match(/[a-z](?![a-z])|[A-Z](?![A-Z])|\d(?!\d)/g)?.length ?? 0;
  const isOneCase = !/[a-z]/.test(characters) || !/[A-Z]/.test(characters);
  const [share, digits] = isOneCase ? [0.3, 4] : [0.5, 2];
  return characters.length >= 24 && countDigits(characters) >= digits && changes / characters.length >= share;
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** In UTF-16 units, as V8 counts. */
function countCharacters(json: string): number {
  return json.replace(/\\(?:u[0-9a-fA-F]{4}|.)/gs, '.').length;
}
