/** Controls, marks that reorder or hide text, halves of characters, and what XML 1.0 has no way to write. */
const NOT_WRITTEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu;
const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or attribute of XML, which can neither end it nor change how the text around it is shown. */
export function toXmlText(text: string, mostCharacters = Number.POSITIVE_INFINITY): string {
  const kept = text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
  return kept.replace(NOT_WRITTEN, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
}

/** As much of a text as fits into a number of columns of monospaced letters; nothing where next to nothing would. */
export function fitInto(text: string, columns: number): string {
  if (columns < FEWEST_COLUMNS) return '';
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += isWide(character) ? 2 : 1;
    if (used > columns) return `${withoutLast(kept)}…`;
    kept += character;
  }
  return kept;
}

const FEWEST_COLUMNS = 3;
const FIRST_WIDE = 0x1100;

/** Letters of Korean, Chinese and Japanese, and pictures, take two columns; so may others above them, which is safe to assume. */
function isWide(character: string): boolean {
  return (character.codePointAt(0) ?? 0) >= FIRST_WIDE;
}

function withoutLast(text: string): string {
  return [...text].slice(0, -1).join('');
}
