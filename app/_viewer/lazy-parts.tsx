import type { ComponentType } from 'react';
import { lazyPart } from '../_ui/lazy-part.ts';

/** What the flame graph alone does without; each comes when it is looked at, or is about to be. */
const loadSandwich = async () => ({ default: (await import('./flame/sandwich.tsx')).Sandwich });
const loadTablePane = async () => ({ default: (await import('./table/table-pane.tsx')).TablePane });
const loadTimeView = async () => ({ default: (await import('./time/time-view.tsx')).TimeView });
const loadCallMenu = async () => ({ default: (await import('./transforms/call-menu.tsx')).CallMenu });

export const LabelFilter = lazyPart(async () => ({
  default: (await import('./labels/label-filter.tsx')).LabelFilter,
}));
export const Sandwich = lazyPart(loadSandwich);
export const TablePane = lazyPart(loadTablePane);
export const TimeView = lazyPart(loadTimeView);
export const CallMenu = lazyPart(loadCallMenu);

/** Of whoever points at the switch of the views, or comes to it by the keyboard, before one of them is chosen. */
export const fetchViews = () => fetchAhead(loadSandwich, loadTablePane, loadTimeView);

/** Of whoever is over the picture, or in it, before a call is asked about. */
export const fetchMenus = () => fetchAhead(loadCallMenu);

/** What does not come now is asked for once more when it is needed, and says so then. */
function fetchAhead(...loads: (() => Promise<{ default: ComponentType<never> }>)[]): void {
  for (const load of loads) void load().catch(() => undefined);
}
