import type { FontSource } from './protocol.ts';

/** The fonts of a family list that came with the page: a worker has none of them until it is told. */
export function pageFonts(fontFamily: string): FontSource[] {
  const families = fontFamily.split(',').map(bare);
  return [...document.styleSheets].flatMap(fontFaces).flatMap((face) => {
    const family = bare(face.style.getPropertyValue('font-family'));
    if (!families.includes(family)) return [];
    const source = absolute(face.style.getPropertyValue('src'), face.parentStyleSheet?.href);
    return [{ family, source, weight: face.style.getPropertyValue('font-weight') || 'normal' }];
  });
}

function fontFaces(sheet: CSSStyleSheet): CSSFontFaceRule[] {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    // A sheet of another origin does not say what is in it.
    return [];
  }
}

const bare = (family: string): string => family.trim().replace(/^["']|["']$/g, '');

/** Addresses in a style sheet are relative to it, in a worker to the worker. */
function absolute(source: string, sheet: string | null | undefined): string {
  const base = sheet ?? document.baseURI;
  return source.replace(
    /url\(\s*["']?([^"')]+)["']?\s*\)/g,
    (_, url: string) => `url("${new URL(url, base)}")`,
  );
}
