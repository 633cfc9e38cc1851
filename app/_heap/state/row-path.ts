/** A row of a tree as the keys on its way from the top, its own last. */
export type RowPath = readonly string[];

const ESCAPES = { '~': '~0', '.': '~1', '*': '~2' } as const;
/** A key without a letter, which would be seen nowhere between separators. */
const EMPTY = '~3';

/** `Map.entries` and `12` as `Map~1entries.12`: keys hold whatever a program called its classes, so separators in them are escaped. */
export function pathToText(path: RowPath): string {
  return path.map(keyToText).join('.');
}

function keyToText(key: string): string {
  if (key === '') return EMPTY;
  return key.replace(/[~.*]/g, (sign) => ESCAPES[sign as keyof typeof ESCAPES]);
}

export function pathFromText(text: string): RowPath {
  return text
    .split('.')
    .map((key) => key.replace(/~([0123])/g, (_, digit) => ['~', '.', '*', ''][digit] ?? ''));
}

/** Several of them as one text, `a.b*c`; empty for none. */
export function pathsToText(paths: readonly RowPath[]): string {
  return paths.map(pathToText).join('*');
}

export function pathsFromText(text: string): RowPath[] {
  const paths = new Map<string, RowPath>();
  for (const each of text.split('*')) {
    const path = pathFromText(each);
    // What is written otherwise can be the same.
    if (each !== '') paths.set(pathToText(path), path);
  }
  return [...paths.values()];
}

/** Opens what is closed and the other way round; what is below a row that closes closes too. */
export function toggledPaths(paths: readonly RowPath[], path: RowPath, isOpen: boolean): readonly RowPath[] {
  const text = pathToText(path);
  const others = paths.filter((other) => {
    const otherText = pathToText(other);
    return otherText !== text && (isOpen || !otherText.startsWith(`${text}.`));
  });
  return isOpen ? [...others, path] : others;
}
