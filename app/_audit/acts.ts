import type { AuditEntry } from '#contract';

/** `open`: how it ended is not on record, so that it is under way or nobody knows. */
export type ActResult = 'succeeded' | 'failed' | 'unknown' | 'open';

/** What someone did: its intent and its outcome joined. */
export interface Act {
  /** Of the intent, which may not be loaded yet. */
  sequence: number;
  at: string;
  actor: string;
  action: string;
  target: string;
  /** Why, in the words of whoever did it; empty where nobody was asked. */
  reason: string;
  result: ActResult;
  /** What the outcome says beyond its result; empty where it says nothing. */
  message: string;
  intent: AuditEntry | null;
  outcome: AuditEntry | null;
}

/**
 * @param entries newest first, as the server lists them: an outcome comes before its intent
 * @returns newest intent first. An outcome whose intent is further in the past than what was read is an act by itself.
 */
export function actsOf(entries: readonly AuditEntry[]): Act[] {
  const outcomes = new Map<number, AuditEntry>();
  const acts: Act[] = [];
  for (const entry of entries) {
    if (entry.phase === 'outcome') outcomes.set(entry.intentSequence ?? entry.sequence, entry);
    else {
      acts.push(toAct(entry, outcomes.get(entry.sequence) ?? null));
      outcomes.delete(entry.sequence);
    }
  }
  for (const [, outcome] of outcomes) acts.push(toAct(null, outcome));
  return acts.sort((a, b) => b.sequence - a.sequence);
}

function toAct(intent: AuditEntry | null, outcome: AuditEntry): Act;
function toAct(intent: AuditEntry, outcome: AuditEntry | null): Act;
function toAct(intent: AuditEntry | null, outcome: AuditEntry | null): Act {
  const known = intent ?? outcome;
  if (known === null) throw new TypeError('an act is an intent, an outcome or both');
  return {
    sequence: intent?.sequence ?? outcome?.intentSequence ?? known.sequence,
    at: known.at,
    actor: known.actor,
    action: known.action,
    target: known.target,
    reason: textOf(intent, 'reason'),
    result: outcome === null ? 'open' : (outcome.result ?? 'unknown'),
    message: textOf(outcome, 'message') || textOf(outcome, 'reason'),
    intent,
    outcome,
  };
}

function textOf(entry: AuditEntry | null, name: string): string {
  const value = entry?.detail[name];
  return typeof value === 'string' ? value : '';
}

/** What is told of an entry, name by name, as text. */
export function detailLines(detail: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  return Object.entries(detail).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
