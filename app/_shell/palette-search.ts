/** Something that the palette can go to or do. */
export interface PaletteEntry<Sign> {
  id: string;
  group: PaletteGroup;
  name: string;
  /** What else it is found by. */
  words?: string;
  hint?: string;
  sign?: Sign;
  /** Too many to be listed before anything was typed. */
  onlyWhenTyped?: boolean;
  /** Commands that are about no one in particular come before those that are. */
  isGeneral?: boolean;
  run(): void;
}

export const PALETTE_GROUPS = ['services', 'instances', 'commands', 'captures', 'actions'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

export interface FoundGroup<Sign> {
  name: PaletteGroup;
  entries: PaletteEntry<Sign>[];
  /** How many more match. */
  more: number;
}

/** A list that can be read at a glance; the rest is found by typing on. */
const PER_GROUP = 8;

const CLEARLY_BETTER = 4;

/** The best matches of each group; the groups in the order of their best match. */
export function findEntries<Sign>(entries: readonly PaletteEntry<Sign>[], typed: string): FoundGroup<Sign>[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const groups: (FoundGroup<Sign> & { best: number })[] = [];
  for (const name of PALETTE_GROUPS) {
    const found = entries
      .filter((entry) => entry.group === name && (wanted.length > 0 || entry.onlyWhenTyped !== true))
      .map((entry) => ({ entry, score: scoreOf(entry, wanted) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
    const [best] = found;
    if (best === undefined) continue;
    groups.push({
      name,
      best: best.score,
      entries: found.slice(0, PER_GROUP).map(({ entry }) => entry),
      more: Math.max(0, found.length - PER_GROUP),
    });
  }
  if (wanted.length === 0) return groups;
  // Only a clearly better match overturns the usual order.
  return groups.sort((a, b) => Math.floor(b.best / CLEARLY_BETTER) - Math.floor(a.best / CLEARLY_BETTER));
}

/** 0 where a word is missing. The name counts more than what else it is found by, a beginning more than a middle. */
function scoreOf<Sign>(entry: PaletteEntry<Sign>, wanted: readonly string[]): number {
  const name = entry.name.toLowerCase();
  const rest = (entry.words ?? '').toLowerCase();
  let score = entry.isGeneral === true ? 1.5 : 1;
  for (const word of wanted) {
    const at = name.indexOf(word);
    if (at === 0) score += 8;
    else if (at > 0) score += /[\s.-]/.test(name[at - 1] ?? '') ? 5 : 3;
    else if (rest.includes(word)) score += 1;
    else if (isSubsequence(word, name)) score += 0.5;
    else return 0;
  }
  // The exact name wins over longer ones that begin like it.
  return score + (wanted.join(' ') === name ? 8 : 4 / (4 + name.length));
}

/** Letters in order, so that "usvc" finds user-service. */
function isSubsequence(letters: string, text: string): boolean {
  if (letters.length < 3) return false;
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
