import type { ActionOffer, ActionParameters, Instance, Resource } from '#contract';

export interface ResourceAction {
  type: string;
  /** Null where the instance was not asked for it. */
  title: string | null;
  params: Record<string, unknown>;
}

/**
 * What can be done about a resource: what it suggests itself, else what its instance offers for its kind. Actions of a
 * kind begin with its name (`pool.flush`), and the one parameter they need is what the resource's id says after the kind
 * (`pool:steampunk2`) where the schema lists it. What that does not fit is offered by the instance as a whole.
 */
export function actionsFor(resource: Resource, offers: readonly ActionOffer[]): ResourceAction[] {
  const suggested = resource.finding?.action;
  if (suggested) {
    const offer = offers.find(({ type }) => type === suggested.type);
    return [{ type: suggested.type, title: offer?.title ?? null, params: { ...suggested.parameters } }];
  }
  return offers.flatMap((offer) => {
    const params = offer.type.startsWith(`${resource.kind}.`) ? paramsFor(resource, offer) : undefined;
    return params === undefined ? [] : [{ type: offer.type, title: offer.title, params }];
  });
}

/** Whether there can be anything to be done about it, as far as is known without asking the instance. */
export function mayOffer(
  { actionTypes }: Pick<Instance, 'actionTypes'>,
  { kind, finding }: Resource,
): boolean {
  const suggested = finding?.action;
  return actionTypes.some((type) => type === suggested?.type || type.startsWith(`${kind}.`));
}

function paramsFor({ id, kind }: Resource, { parametersSchema }: ActionOffer): ActionParameters | undefined {
  const required = namesIn(parametersSchema.required);
  const [name, ...others] = required;
  if (name === undefined) return {};
  const subject = id.startsWith(`${kind}:`) ? id.slice(kind.length + 1) : id;
  return others.length === 0 && choicesOf(parametersSchema, name).includes(subject)
    ? { [name]: subject }
    : undefined;
}

function choicesOf(schema: Record<string, unknown>, name: string): string[] {
  const property = isObject(schema.properties) ? schema.properties[name] : undefined;
  return isObject(property) ? namesIn(property.enum) : [];
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
