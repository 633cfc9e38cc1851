import { mostIdCharacters, mostSentenceCharacters } from '../../runs/run-contract.ts';
import type { FindingFacts, ItemFacts, MeasureReading, ResourceReading } from '../../thread-contract.ts';
import { fieldsOf, isText, textOf, withinMessage } from '../plain-data.ts';

const mostMeasures = 32;
const mostItemMeasures = 8;
const mostItems = 1_000;
const mostParameterCharacters = 4 * 1024;

/** What crosses to the agent's thread is numbers and short texts, whatever the service returned. */
export function toReport(report: unknown): Pick<ResourceReading, 'measures' | 'finding'> {
  if (typeof report !== 'object' || report === null) throw new TypeError('read() returned no measures.');
  const { measures, finding } = report as { measures?: unknown; finding?: unknown };
  // A plain object of measures may have one that is called "measures": it is a number then.
  if (typeof measures !== 'object' || measures === null) {
    return { measures: toMeasures(report, mostMeasures, 'read()'), finding: undefined };
  }
  return {
    measures: toMeasures(measures, mostMeasures, 'read()'),
    finding: finding === undefined || finding === null ? undefined : toFinding(finding),
  };
}

/** @throws {TypeError} with a sentence; and whatever the service's own getters throw */
export function toItems(list: unknown): { items: ItemFacts[]; itemCount: number } {
  if (!Array.isArray(list)) throw new TypeError('items() returned no array.');
  return { items: withinMessage(list.slice(0, mostItems).map(toItem)), itemCount: list.length };
}

function toMeasures(measures: object, most: number, who: string): MeasureReading[] {
  const list: unknown[] = Array.isArray(measures)
    ? measures.slice(0, most)
    : Object.entries(measures)
        .slice(0, most)
        .map(([name, value]) => ({ name, value }));
  return list.map((measure) => {
    const { name, value, unit } = (measure ?? {}) as Partial<Record<string, unknown>>;
    if (typeof name !== 'string' || name === '' || typeof value !== 'number' || !Number.isFinite(value)) {
      throw new TypeError(`${who} returned a measure without a name or without a finite number.`);
    }
    return { name: name.slice(0, 64), value, unit: typeof unit === 'string' ? unit.slice(0, 16) : '1' };
  });
}

function toFinding(finding: unknown): FindingFacts {
  const { sentence, action } = fieldsOf(finding, 'The finding of read()');
  if (!isText(sentence, Number.POSITIVE_INFINITY)) {
    throw new TypeError('read() returned a finding without a sentence.');
  }
  const told = { sentence: textOf(sentence, mostSentenceCharacters) };
  if (action === undefined || action === null) return { ...told, actionType: '', parametersJson: '' };
  const { type, parameters } = fieldsOf(action, 'The action of a finding');
  const parametersJson = JSON.stringify(fieldsOf(parameters ?? {}, 'The parameters of a finding'));
  if (!isText(type, 64) || parametersJson.length > mostParameterCharacters) {
    throw new TypeError('read() returned a finding whose action has no type, or too many parameters.');
  }
  return { ...told, actionType: type, parametersJson };
}

const conditions = ['well', 'attention', 'bad'] as const;

function toItem(item: unknown): ItemFacts {
  const { id, name, condition, state, reason, peer, createdAt, lastUsedAt, measures } = fieldsOf(
    item,
    'An item of items()',
  );
  if (!isText(id, mostIdCharacters)) {
    throw new TypeError('items() returned an item without an id of 1 to 128 characters.');
  }
  const known = conditions.find((word) => word === condition);
  if (!known) throw new TypeError(`items() returned ${id} without a condition: well, attention or bad.`);
  return {
    id,
    name: textOf(name, 128) || id,
    condition: known,
    state: textOf(state, 64),
    reason: textOf(reason, mostSentenceCharacters),
    peer: textOf(peer, 256),
    createdAtMs: timeOf(createdAt),
    lastUsedAtMs: timeOf(lastUsedAt),
    measures:
      typeof measures === 'object' && measures !== null
        ? toMeasures(measures, mostItemMeasures, 'items()')
        : [],
  };
}

function timeOf(value: unknown): number | undefined {
  const atMs = value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isFinite(atMs) ? atMs : undefined;
}
