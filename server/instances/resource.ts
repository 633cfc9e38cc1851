import { timestampMs } from '@bufbuild/protobuf/wkt';
import type {
  Measure as MeasureMessage,
  ResourceFinding,
  ResourceState,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import { ActionParameters, type Finding, type Measure, type Resource } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';
import type { DescribedResource } from './description.ts';
import { parseObject } from './json-object.ts';
import { toText } from './text.ts';

const MAX_MEASURES = 64;
const MAX_PARAMETERS_LENGTH = 4 * 1024;

/**
 * A resource as it is known, with what its instance last said of its state. Bounded: an agent may send anything.
 *
 * @param offered Types of the actions that the instance allows.
 */
export function toResource(
  resource: DescribedResource,
  state: ResourceState | undefined,
  offered: ReadonlySet<string>,
): Resource {
  return {
    ...resource,
    at: state?.at ? toInstantWithin(timestampMs(state.at)) : null,
    measures: toMeasures(state?.measures ?? []),
    error: state?.error ? toText(state.error, 500) : null,
    finding: toFinding(state?.finding, offered),
  };
}

export function toMeasures(messages: readonly MeasureMessage[]): Measure[] {
  return messages
    .slice(0, MAX_MEASURES)
    .filter(({ value }) => Number.isFinite(value))
    .map(({ name, value, unit }) => ({ name: toText(name, 64), value, unit: toText(unit, 16) }));
}

/** An agent may send any instant; Date has an end. */
export function toInstantWithin(epochMs: number): string | null {
  return epochMs >= 0 && epochMs < 253_402_300_800_000 ? toInstant(epochMs) : null;
}

/** A finding that says nothing is none; what the instance does not offer, or offers with nonsense, is no suggestion. */
function toFinding(message: ResourceFinding | undefined, offered: ReadonlySet<string>): Finding | null {
  if (!message?.sentence) return null;
  return { sentence: toText(message.sentence, 500), action: toSuggestion(message, offered) };
}

function toSuggestion(message: ResourceFinding, offered: ReadonlySet<string>): Finding['action'] {
  if (!offered.has(message.actionType)) return null;
  const parameters = ActionParameters.safeParse(
    parseObject(message.parametersJson || '{}', MAX_PARAMETERS_LENGTH),
  );
  return parameters.success ? { type: message.actionType, parameters: parameters.data } : null;
}
