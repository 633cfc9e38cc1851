import { ProfileLimitError, ProfileShapeError, ProfileSyntaxError } from '../errors.ts';
import {
  type ActiveHandles,
  type Activity,
  type ActivityFrame,
  type PendingOperations,
  type SampledStack,
  THREAD_STATES,
  type ThreadActivity,
} from './activity.ts';

/** What is accepted at most; an agent keeps well below. */
const LIMITS = {
  bytes: 32 * 1024 * 1024,
  threads: 1_024,
  stacks: 64,
  frames: 256,
  operations: 20_000,
  handles: 1_000,
  details: 1_000,
  remarks: 100,
  characters: 8_192,
  /** What a Date can be. */
  milliseconds: 8.64e15,
} as const;

/**
 * @param json the artifact as text
 * @throws {ProfileSyntaxError} not JSON
 * @throws {ProfileShapeError} names the field that is not as it should be
 * @throws {ProfileLimitError}
 */
export function parseActivity(json: string): Activity {
  if (json.length > LIMITS.bytes) throw new ProfileLimitError('characters', LIMITS.bytes);
  const activity = toObject(parseJson(json), 'the artifact');
  if (activity.version !== 1) throw new ProfileShapeError('version', 'must be 1');
  return {
    version: 1,
    takenAtMs: toMilliseconds(activity.takenAtMs, 'takenAtMs'),
    watchedMs: toMilliseconds(activity.watchedMs, 'watchedMs'),
    threadId: toText(activity.threadId, 'threadId'),
    threads: toList(activity.threads, 'threads', LIMITS.threads, toThread),
    operations: toList(activity.operations, 'operations', LIMITS.operations, toOperations),
    handles: toList(activity.handles, 'handles', LIMITS.handles, toHandles),
    remarks: toList(activity.remarks, 'remarks', LIMITS.remarks, toText),
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    throw new ProfileSyntaxError('it is not JSON', position === undefined ? json.length : Number(position));
  }
}

function toThread(value: unknown, field: string): ThreadActivity {
  const thread = toObject(value, field);
  const state = THREAD_STATES.find((known) => known === thread.state);
  if (!state) throw new ProfileShapeError(`${field}.state`, `must be one of ${THREAD_STATES.join(', ')}`);
  return {
    id: toText(thread.id, `${field}.id`),
    name: toText(thread.name, `${field}.name`),
    state,
    samples: toCount(thread.samples, `${field}.samples`),
    stacks: toList(thread.stacks, `${field}.stacks`, LIMITS.stacks, toSampledStack),
  };
}

function toSampledStack(value: unknown, field: string): SampledStack {
  const stack = toObject(value, field);
  return {
    samples: toCount(stack.samples, `${field}.samples`),
    frames: toList(stack.frames, `${field}.frames`, LIMITS.frames, toFrame),
  };
}

function toFrame(value: unknown, field: string): ActivityFrame {
  const frame = toObject(value, field);
  return {
    name: toText(frame.name, `${field}.name`),
    url: toText(frame.url, `${field}.url`),
    line: toCount(frame.line, `${field}.line`),
    column: toCount(frame.column, `${field}.column`),
  };
}

function toOperations(value: unknown, field: string): PendingOperations {
  const operations = toObject(value, field);
  const { stack, oldestAgeMs } = operations;
  return {
    type: toText(operations.type, `${field}.type`),
    resource: toText(operations.resource, `${field}.resource`),
    stack: stack === null ? null : toList(stack, `${field}.stack`, LIMITS.frames, toFrame),
    count: toCount(operations.count, `${field}.count`),
    oldestAgeMs: oldestAgeMs === null ? null : toMilliseconds(oldestAgeMs, `${field}.oldestAgeMs`),
    weight: toCount(operations.weight, `${field}.weight`),
  };
}

function toHandles(value: unknown, field: string): ActiveHandles {
  const handles = toObject(value, field);
  return {
    kind: toText(handles.kind, `${field}.kind`),
    count: toCount(handles.count, `${field}.count`),
    details: toList(handles.details, `${field}.details`, LIMITS.details, toText),
  };
}

function toObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProfileShapeError(field, 'must be an object');
  }
  return value as Record<string, unknown>;
}

function toList<Item>(
  value: unknown,
  field: string,
  most: number,
  toItem: (item: unknown, field: string) => Item,
): Item[] {
  if (!Array.isArray(value)) throw new ProfileShapeError(field, 'must be a list');
  if (value.length > most) throw new ProfileLimitError(`entries in ${field}`, most);
  return value.map((item, index) => toItem(item, `${field}[${index}]`));
}

function toText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new ProfileShapeError(field, 'must be a text');
  if (value.length > LIMITS.characters)
    throw new ProfileLimitError(`characters in ${field}`, LIMITS.characters);
  return value;
}

function toMilliseconds(value: unknown, field: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMITS.milliseconds)) {
    throw new ProfileShapeError(field, 'must be a number of milliseconds that is not negative');
  }
  return value;
}

function toCount(value: unknown, field: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new ProfileShapeError(field, 'must be a whole number that is not negative');
  }
  return value as number;
}
