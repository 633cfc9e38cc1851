import type { Action, ActionPart, ActionPreviewPart, ActionTarget, TargetOutcome } from '#contract';

/** `unreported`: the action has ended and nobody has said what became of it. */
export type ShownOutcome = TargetOutcome['outcome'] | 'unreported';

/** One target as it was confirmed, with what became of it. */
export interface TargetRow {
  target: ActionTarget;
  /** Null in a preview, and for what was to be left alone. */
  outcome: ShownOutcome | null;
  message: string;
}

/** What is to be touched, what is only waited for, and what is named to be left alone. */
export function splitTargets(
  part: Pick<ActionPreviewPart, 'targets'>,
): Record<ActionTarget['effect'], TargetRow[]> {
  const rows = part.targets.map((target): TargetRow => ({ target, outcome: null, message: '' }));
  return {
    touched: rows.filter(({ target }) => target.effect === 'touched'),
    awaited: rows.filter(({ target }) => target.effect === 'awaited'),
    kept: rows.filter(({ target }) => target.effect === 'kept'),
  };
}

/** The confirmed targets of one instance, in their order, each with its outcome; then whatever else was reported. */
export function targetsOf(action: Pick<Action, 'preview'>, part: ActionPart, isOver: boolean): TargetRow[] {
  const outcomes = new Map(part.outcomes.map((outcome) => [outcome.targetId, outcome]));
  const confirmed =
    action.preview.parts.find(({ instanceId }) => instanceId === part.instanceId)?.targets ?? [];
  const waiting = new Map(part.waitingFor.map((target) => [target.id, target.reason]));
  const rows = confirmed.flatMap((target): TargetRow[] => {
    const outcome = outcomes.get(target.id);
    outcomes.delete(target.id);
    if (target.effect === 'kept' && outcome === undefined) return [];
    const row = { target, ...shown(outcome, isOver) };
    // What it waits for is said again and again, by the state that it is in now.
    return [row.outcome === 'pending' ? { ...row, message: waiting.get(target.id) ?? row.message } : row];
  });
  for (const outcome of outcomes.values())
    rows.push({
      target: part.waitingFor.find(({ id }) => id === outcome.targetId) ?? unnamed(outcome.targetId),
      ...shown(outcome, isOver),
    });
  return rows;
}

/** What it waits for beyond what was confirmed. */
export function waitingBeyond(action: Pick<Action, 'preview'>, part: ActionPart): TargetRow[] {
  const known = new Set([...confirmedIds(action, part), ...part.outcomes.map(({ targetId }) => targetId)]);
  return part.waitingFor
    .filter(({ id }) => !known.has(id))
    .map((target) => ({ target, outcome: null, message: '' }));
}

function confirmedIds({ preview }: Pick<Action, 'preview'>, part: ActionPart): string[] {
  const found = preview.parts.find(({ instanceId }) => instanceId === part.instanceId);
  return (found?.targets ?? []).map(({ id }) => id);
}

function shown(outcome: TargetOutcome | undefined, isOver: boolean): Pick<TargetRow, 'outcome' | 'message'> {
  if (outcome === undefined || outcome.outcome === 'pending')
    return { outcome: isOver ? 'unreported' : 'pending', message: outcome?.message ?? '' };
  return { outcome: outcome.outcome, message: outcome.message };
}

function unnamed(id: string): ActionTarget {
  return { id, name: id, reason: '', players: 0, effect: 'touched' };
}
