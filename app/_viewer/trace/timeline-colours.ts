/** The colours as the theme has them now, resolved. */
export interface TimelineColours {
  readonly executing: string;
  readonly waiting: string;
  readonly gc: string;
  readonly gcMark: string;
  readonly blocked: string;
  readonly blockedMark: string;
  readonly span: string;
  readonly call: string;
  readonly merged: string;
  readonly match: string;
  readonly text: string;
  readonly markText: string;
  readonly matchText: string;
  readonly hairline: string;
  readonly accent: string;
  readonly guide: string;
}

/** The same function at every call. */
export function readTimelineColours(element: Element): TimelineColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    executing: colour('--lane-executing'),
    waiting: colour('--lane-waiting'),
    gc: colour('--lane-gc'),
    gcMark: colour('--lane-gc-mark'),
    blocked: colour('--lane-blocked'),
    blockedMark: colour('--lane-blocked-mark'),
    span: colour('--span'),
    call: colour('--span-call'),
    merged: colour('--span-merged'),
    match: colour('--span-match'),
    text: colour('--span-text'),
    markText: colour('--span-mark-text'),
    matchText: colour('--span-match-text'),
    hairline: colour('--hairline'),
    accent: colour('--accent'),
    guide: colour('--span-guide'),
  };
}
