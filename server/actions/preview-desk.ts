import type { Logger } from 'pino';
import { ActionParametersInvalid, TooManyPreviews } from '../errors.ts';
import type {
  ActionParameters,
  ActionPreview,
  ActionPreviewPart,
  ActionPreviewRequest,
  InstanceId,
  PreviewId,
} from '../http/contract/index.ts';
import { type InstanceDirectory, toCallFailure } from '../instances/index.ts';
import { SortableIds } from '../sortable-ids.ts';
import { type Clock, toInstant } from '../store/index.ts';
import { DEADLINE_SECONDS, PREVIEW_MS } from './action-times.ts';
import { DRAIN, toBlastRadius } from './blast-radius.ts';
import { type Candidate, chooseInstances } from './choose-instances.ts';
import { LIMITS } from './limits.ts';
import { ParameterCheck } from './parameters/parameter-check.ts';
import { PreviewShelf } from './preview-shelf.ts';
import { type ReadPreview, readPreview, refusedPart } from './read-preview.ts';

export interface PreviewDeskOptions {
  instances: InstanceDirectory;
  clock: Clock;
  log: Logger;
  /** The action of the type that is under way on the instance. */
  underWay(type: string, instanceId: InstanceId): string | undefined;
  /** Instances that take nothing new. */
  drained(): Promise<ReadonlySet<InstanceId>>;
}

type Ready = Candidate & { offer: NonNullable<Candidate['offer']> };

/** Finds out what an action would do by asking every instance. It changes nothing. */
export class PreviewDesk implements AsyncDisposable {
  readonly shelf: PreviewShelf;
  readonly #options: PreviewDeskOptions;
  readonly #parameters: ParameterCheck;
  readonly #ids = new SortableIds<PreviewId>('pre');
  #atOnce = 0;

  constructor(options: PreviewDeskOptions) {
    this.#options = options;
    this.shelf = new PreviewShelf(options.clock);
    this.#parameters = new ParameterCheck(options.log);
  }

  /**
   * @throws InstanceNotFound, ServiceNotFound, ActionUnavailable, TooManyInstances, TooManyPreviews,
   *   ActionParametersInvalid
   */
  async preview(wish: ActionPreviewRequest): Promise<ActionPreview> {
    if (this.#atOnce >= LIMITS.previewsAtOnce) throw new TooManyPreviews(LIMITS.previewsAtOnce);
    this.#atOnce++;
    try {
      const preview = await this.#compute(wish);
      this.shelf.put(preview);
      return preview;
    } finally {
      this.#atOnce--;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parameters[Symbol.asyncDispose]();
  }

  async #compute(wish: ActionPreviewRequest): Promise<ActionPreview> {
    const { instances, clock } = this.#options;
    refuseDeep(wish.params);
    const candidates = chooseInstances(instances, wish);
    const offer = candidates.find((candidate) => candidate.offer)?.offer;
    const drained = wish.type === DRAIN ? await this.#options.drained() : new Set<InstanceId>();
    const answers = await Promise.all(candidates.map((candidate) => this.#ask(candidate, wish)));
    const parts = limitTargets(answers.map(({ part }) => part));
    const able = parts.filter(({ refusal }) => !refusal);
    const now = clock.now();
    return {
      id: this.#ids.next(now),
      type: wish.type,
      title: offer?.title ?? wish.type,
      description: offer?.description ?? '',
      params: wish.params,
      computedAt: toInstant(now),
      expiresAt: toInstant(now + PREVIEW_MS),
      playersAffected: able.reduce((sum, part) => sum + part.playersAffected, 0),
      playersDisconnected: able.reduce((sum, part) => sum + part.playersDisconnected, 0),
      irreversible: toIrreversible(answers),
      deadlineSeconds: toDeadlineSeconds(able),
      parts,
      ...toBlastRadius(wish.type, parts, instances.list(), drained),
    };
  }

  async #ask({ instance, offer }: Candidate, wish: ActionPreviewRequest): Promise<ReadPreview> {
    const refuse = (code: string, message: string) => ({
      part: refusedPart(instance, code, message),
      irreversible: '',
    });
    const agent = this.#options.instances.findAgent(instance.id);
    if (!agent) {
      const { connection } = instance;
      const why = 'reason' in connection ? `: ${connection.reason}` : '.';
      return refuse('instance-unreachable', `It is ${connection.state}${why}`);
    }
    if (!offer) return refuse('action-unavailable', 'It does not offer this action.');
    const underWay = this.#options.underWay(wish.type, instance.id);
    if (underWay)
      return refuse('action-in-progress', `The same action is under way on it already (${underWay}).`);
    const unfit = await this.#findUnfit({ instance, offer }, wish.params);
    if (unfit) return refuse('agent-protocol', unfit);
    try {
      const parametersJson = JSON.stringify(wish.params);
      return readPreview(instance, await agent.previewAction({ type: wish.type, parametersJson }));
    } catch (error) {
      const { isTransient, code, message } = toCallFailure(error);
      return refuse(code ?? (isTransient ? 'instance-unreachable' : 'agent-refused'), message);
    }
  }

  /** Why the instance's schema is of no use. @throws ActionParametersInvalid */
  async #findUnfit({ offer }: Ready, params: ActionParameters): Promise<string | undefined> {
    const verdict = await this.#parameters.check({ schema: offer.parametersSchema, params });
    if (verdict.kind === 'fits') return undefined;
    if (verdict.kind === 'unusable') {
      return `The schema of its parameters cannot be used: ${verdict.why.slice(0, 200)}.`;
    }
    const path = ['body', 'params', verdict.path].filter(Boolean).join('.');
    throw new ActionParametersInvalid({ path: path.slice(0, 200), message: verdict.message.slice(0, 500) });
  }
}

/** What is nested deeper than anybody needs could exhaust the stack of whoever walks through it. */
function refuseDeep(params: ActionParameters): void {
  let level: unknown[] = [params];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LIMITS.parametersDepth) {
      const message = `is nested deeper than ${LIMITS.parametersDepth} levels`;
      throw new ActionParametersInvalid({ path: 'body.params', message });
    }
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}

/** An instance whose targets are too many to be shown along with the others' is left out. */
function limitTargets(parts: ActionPreviewPart[]): ActionPreviewPart[] {
  let count = 0;
  return parts.map((part) => {
    count += part.targets.length;
    if (count <= LIMITS.targets) return part;
    count -= part.targets.length;
    const message = `More than ${LIMITS.targets} targets in one action cannot be looked through: choose fewer instances.`;
    const refusal = { code: 'too-many-targets', message };
    return { ...part, targets: [], playersAffected: 0, playersDisconnected: 0, refusal };
  });
}

function toIrreversible(answers: readonly ReadPreview[]): string {
  return [...new Set(answers.map(({ irreversible }) => irreversible).filter(Boolean))].slice(0, 3).join(' ');
}

function toDeadlineSeconds(able: readonly ActionPreviewPart[]): number {
  const { least, most, unknown, timesEstimate } = DEADLINE_SECONDS;
  const estimates = able.map(
    ({ estimatedSeconds }) => (estimatedSeconds ?? unknown / timesEstimate) * timesEstimate,
  );
  const wanted = estimates.length === 0 ? unknown : Math.max(...estimates);
  return Math.min(most, Math.max(least, Math.ceil(wanted)));
}
