import type { ActionPreviewPart, Instance, InstanceId } from '../http/contract/index.ts';
import { confirmedTargets } from './live-action.ts';

/** The action after which an instance takes nothing new until it is restarted. */
export const DRAIN = 'drain';

export interface BlastRadius {
  warnings: string[];
  /** What is to be typed; null when the button is enough. */
  confirmation: string | null;
}

/**
 * What a person should know before and, where players would feel it, has to type. `drained` are the instances on which
 * a drain was done or is under way: they take nothing new, though they are connected.
 */
export function toBlastRadius(
  type: string,
  parts: readonly ActionPreviewPart[],
  instances: readonly Instance[],
  drained: ReadonlySet<InstanceId>,
): BlastRadius {
  const able = parts.filter(({ refusal }) => !refusal);
  const refused = parts.filter(({ refusal }) => refusal);
  const emptied = type === DRAIN ? findEmptied(able, instances, drained) : [];
  const disconnected = able.reduce((sum, part) => sum + part.playersDisconnected, 0);
  const warnings = emptied.map(
    (service) =>
      `No instance of ${service} would be left that takes new players: restart the drained ones afterwards.`,
  );
  if (able.length > 0 && refused.length > 0) {
    const names = refused.map(({ instanceName }) => instanceName).join(', ');
    warnings.push(`Left out, because it is not possible there now: ${names}.`);
  }
  if (type !== DRAIN && able.length > 0 && able.every((part) => confirmedTargets(part).length === 0)) {
    warnings.push('Nothing is there now that it would touch.');
  }
  const isGrave = emptied.length > 0 || disconnected > 0;
  return { warnings, confirmation: isGrave ? toConfirmation(able) : null };
}

/** Services of which no instance would be left that serves. */
function findEmptied(
  able: readonly ActionPreviewPart[],
  instances: readonly Instance[],
  drained: ReadonlySet<InstanceId>,
): string[] {
  const toDrain = new Set(able.map(({ instanceId }) => instanceId));
  return [...new Set(able.map(({ service }) => service))].filter(
    (wanted) =>
      !instances.some(
        ({ id, service, connection }) =>
          service === wanted && connection.state === 'connected' && !toDrain.has(id) && !drained.has(id),
      ),
  );
}

function toConfirmation(able: readonly ActionPreviewPart[]): string | null {
  const [first] = able;
  if (!first) return null;
  return able.length === 1 ? first.instanceName : first.service;
}
