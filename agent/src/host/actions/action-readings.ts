import { AgentError } from '../../errors.ts';
import {
  type CheckFacts,
  type EndEvent,
  mostIdCharacters,
  mostSentenceCharacters,
  mostTargets,
  type PreviewFacts,
  type TargetFacts,
} from '../../runs/run-contract.ts';
import { countOf, fieldsOf, isText, millisecondsOf, textOf, withinMessage } from '../plain-data.ts';

const mostChecks = 32;
const states = ['succeeded', 'partial', 'failed', 'cancelled'] as const;

/**
 * A preview as plain data. What is touched is never cut, since it is what a person confirms; the rest may be.
 *
 * @throws {TypeError} with a sentence; {AgentError} too-many-targets; and whatever the service's own getters throw
 */
export function toPreview(preview: unknown): PreviewFacts {
  const { targets, playersAffected, playersDisconnected, irreversible, estimatedMs } = fieldsOf(
    preview,
    'What preview() returned',
  );
  return {
    computedAtMs: Date.now(),
    targets: toAllTouched(targets),
    playersAffected: countOf(playersAffected, 'playersAffected'),
    playersDisconnected: countOf(playersDisconnected, 'playersDisconnected'),
    irreversible: textOf(irreversible, mostSentenceCharacters),
    estimatedMs: millisecondsOf(estimatedMs),
  };
}

function toAllTouched(list: unknown): TargetFacts[] {
  if (!Array.isArray(list)) throw new TypeError('preview() returned no list of targets.');
  const effects = list.map((target) => fieldsOf(target, 'A target').effect);
  const awaited = list.filter((_, index) => effects[index] === 'awaited');
  const kept = list.filter((_, index) => effects[index] === 'kept');
  const touched = list.filter((_, index) => effects[index] !== 'awaited' && effects[index] !== 'kept');
  if (touched.length <= mostTargets) {
    const taken = withinMessage([...touched, ...awaited, ...kept].slice(0, mostTargets).map(toTarget));
    if (taken.length >= touched.length) return taken;
  }
  throw new AgentError(
    'too-many-targets',
    `${touched.length} targets would be touched, more than can be shown and confirmed at once.`,
  );
}

/** What is waited for; cut to what fits. */
export function toTargets(list: unknown): TargetFacts[] {
  if (!Array.isArray(list)) throw new TypeError('The targets are no list.');
  return withinMessage(list.slice(0, mostTargets).map(toTarget));
}

function toTarget(target: unknown): TargetFacts {
  const { id, name, reason, players, effect } = fieldsOf(target, 'A target');
  if (!isText(id, mostIdCharacters)) throw new TypeError('A target needs an id of 1 to 128 characters.');
  return {
    id,
    name: textOf(name, 128) || id,
    reason: textOf(reason, mostSentenceCharacters),
    players: players === undefined ? 0 : countOf(players, `players of ${id}`),
    effect: effect === 'kept' || effect === 'awaited' ? effect : 'touched',
  };
}

/** The end of a run as plain data. @throws {TypeError} with a sentence; and whatever the service's own getters throw */
export function toEnd(result: unknown): EndEvent {
  const { state, message, playersAffected, playersDisconnected, checks } = fieldsOf(
    result,
    'What run() returned',
  );
  const known = states.find((word) => word === state);
  if (!known) throw new TypeError('What run() returned has no state.');
  return {
    kind: 'end',
    state: known,
    message: textOf(message, mostSentenceCharacters),
    playersAffected: countOf(playersAffected, 'playersAffected'),
    playersDisconnected: countOf(playersDisconnected, 'playersDisconnected'),
    checks: toChecks(checks),
  };
}

function toChecks(checks: unknown): CheckFacts[] {
  if (!Array.isArray(checks)) throw new TypeError('What run() returned has no list of checks.');
  // Those that did not pass come first when there are too many: one that is cut could hide a failure.
  const all = checks.map(toCheck);
  const failed = all.filter(({ passed }) => !passed);
  return all.length <= mostChecks
    ? all
    : [...failed, ...all.filter(({ passed }) => passed)].slice(0, mostChecks);
}

function toCheck(check: unknown): CheckFacts {
  const { name, passed, detail } = fieldsOf(check, 'A check');
  return {
    name: textOf(name, 128) || 'check',
    passed: passed === true,
    detail: textOf(detail, mostSentenceCharacters),
  };
}
