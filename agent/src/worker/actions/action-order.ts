import { InvalidRequest } from '../../errors.ts';
import { mostIdCharacters, mostTargets, type RunOrder } from '../../runs/run-contract.ts';

const mostParameterBytes = 32 * 1024;
const mostDepth = 32;

/** @throws {InvalidRequest} */
export function parseKey(key: string): string {
  if (/^[A-Za-z0-9_.:-]{1,128}$/.test(key)) return key;
  throw new InvalidRequest('idempotency_key must be 1 to 128 of A-Z, a-z, 0-9, _, ., : and -.');
}

/** @throws {InvalidRequest} */
export function parseActionType(type: string): string {
  if (/^[a-z0-9.-]{1,64}$/.test(type)) return type;
  throw new InvalidRequest('type must be 1 to 64 of a-z, 0-9, . and -.');
}

/**
 * The parameters with their keys sorted, so that the same parameters are the same text.
 *
 * @throws {InvalidRequest}
 */
export function parseParameters(parametersJson: string): string {
  if (Buffer.byteLength(parametersJson) > mostParameterBytes) {
    throw new InvalidRequest(`parameters_json may have at most ${mostParameterBytes} bytes.`);
  }
  let parameters: unknown;
  try {
    parameters = JSON.parse(parametersJson === '' ? '{}' : parametersJson);
  } catch {
    throw new InvalidRequest('parameters_json must be JSON.');
  }
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw new InvalidRequest('parameters_json must be an object.');
  }
  return JSON.stringify(sorted(parameters, 0));
}

/** @throws {InvalidRequest} */
export function parseOrder(request: {
  idempotencyKey: string;
  type: string;
  parametersJson: string;
  confirmedTargetIds: readonly string[];
}): RunOrder {
  const confirmed = [...new Set(request.confirmedTargetIds)].sort();
  if (request.confirmedTargetIds.length > mostTargets) {
    throw new InvalidRequest(`At most ${mostTargets} targets can be confirmed.`);
  }
  if (confirmed.some((id) => id === '' || id.length > mostIdCharacters)) {
    throw new InvalidRequest(`confirmed_target_ids must have 1 to ${mostIdCharacters} characters each.`);
  }
  return {
    key: parseKey(request.idempotencyKey),
    actionType: parseActionType(request.type),
    parametersJson: parseParameters(request.parametersJson),
    confirmed,
  };
}

export function isSameOrder(one: RunOrder, other: RunOrder): boolean {
  return (
    one.actionType === other.actionType &&
    one.parametersJson === other.parametersJson &&
    one.confirmed.length === other.confirmed.length &&
    one.confirmed.every((id, index) => id === other.confirmed[index])
  );
}

function sorted(value: unknown, depth: number): unknown {
  if (depth > mostDepth) throw new InvalidRequest(`parameters_json may be at most ${mostDepth} deep.`);
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item, depth + 1)]));
}
