import { durationMs } from '@bufbuild/protobuf/wkt';
import type {
  CaptureKind,
  CollectPerformanceDataRequest,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import {
  ArtifactNotReady,
  CaptureFailure,
  InvalidRequest,
  KindUnavailable,
  TooManyCaptures,
  UnknownCapture,
} from '../../errors.ts';
import type { CaptureCeiling } from '../../thread-contract.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { ThreadDirectory } from '../inspector/thread-directory.ts';
import { Capture } from './capture.ts';
import type { CaptureCapabilityFacts, CaptureMethod } from './capture-method.ts';
import { isRunning } from './capture-state.ts';
import { budgetOf, capabilityWithin } from './overhead/budget.ts';
import type { OverheadMeter } from './overhead/overhead-meter.ts';
import { requireRoomBeside } from './side-by-side.ts';

const mostHeld = 16;
const mostRemembered = 256;
const hourMs = 3_600_000;
const defaultLeaseMs = 120_000;
/** A caller that is a little late must not lose what it asked for. */
const leastLeaseMs = 1_000;

/** The captures of this process: takes orders, keeps them apart and within limits, and lets go of them. */
export class CaptureDesk implements Disposable {
  readonly #methods: ReadonlyMap<CaptureKind, CaptureMethod>;
  readonly #store: ArtifactStore;
  readonly #meter: OverheadMeter;
  readonly #ceiling: CaptureCeiling;
  readonly #captures = new Map<string, Capture>();
  /** Ids that were let go, so that a late call with one does not record again. The oldest are forgotten. */
  readonly #past = new Map<string, CaptureFailure>();

  constructor(
    methods: readonly CaptureMethod[],
    store: ArtifactStore,
    meter: OverheadMeter,
    ceiling: CaptureCeiling,
  ) {
    this.#methods = new Map(methods.map((method) => [method.kind, method]));
    this.#store = store;
    this.#meter = meter;
    this.#ceiling = ceiling;
  }

  get methods(): CaptureMethod[] {
    return [...this.#methods.values()];
  }

  /** What the kind costs here, and whether the service allows that. */
  capabilityOf(method: CaptureMethod): CaptureCapabilityFacts {
    return capabilityWithin(method.findCapability(), this.#ceiling);
  }

  list(): Capture[] {
    return [...this.#captures.values()];
  }

  /**
   * The capture with the request's id: the one there is, or a new one.
   *
   * @throws {CaptureFailure} when it was let go already
   * @throws {AgentError} when it cannot be started
   */
  collect(request: CollectPerformanceDataRequest): Capture {
    const id = parseCaptureId(request.captureId);
    const leaseMs = parseLease(request);
    const known = this.#captures.get(id);
    if (known) {
      known.renewLease(leaseMs);
      return known;
    }
    const past = this.#past.get(id);
    if (past) throw past;
    return this.#start(id, leaseMs, request);
  }

  #start(id: string, leaseMs: number, request: CollectPerformanceDataRequest): Capture {
    const method = this.#methods.get(request.kind);
    if (!method) {
      throw new KindUnavailable(`This agent does not record captures of kind ${request.kind}.`);
    }
    const capability = this.capabilityOf(method);
    if (!capability.available) throw new KindUnavailable(capability.reason);
    const threadId = ThreadDirectory.parseId(request.threadId);
    const durationMs = parseDuration(request);
    const budget = budgetOf(request.budget, capability.budget, this.#ceiling);
    const record = method.prepare(request);
    requireRoomBeside(
      this.list().filter(({ state }) => isRunning(state)),
      method,
      threadId,
    );
    this.#makeRoom();
    const countSharers = () => this.list().filter((capture) => capture.isAtWork).length;
    const overhead = this.#meter.watch({ captureId: id, threadId, budget, countSharers });
    const capture = new Capture({ id, method, threadId, durationMs, leaseMs, record, overhead }, this.#store);
    capture.leaseExpired = () => this.#expire(capture);
    this.#captures.set(id, capture);
    return capture;
  }

  /** @throws {UnknownCapture} */
  stop(captureId: string, discard: boolean): void {
    const capture = this.get(captureId);
    capture.renewLease();
    if (discard) capture.discard('capture-discarded', 'The capture was thrown away on request.');
    else capture.stop();
  }

  /**
   * @throws {UnknownCapture}
   * @throws {ArtifactNotReady}
   * @throws {CaptureFailure} when it ended without one
   */
  getHeld(captureId: string): { capture: Capture; artifact: Artifact } {
    const capture = this.get(captureId);
    capture.renewLease();
    const { state } = capture;
    if (state.state === 'held') return { capture, artifact: state.artifact };
    if (state.state === 'failed') throw new CaptureFailure(state.code, state.message);
    throw new ArtifactNotReady(captureId);
  }

  /**
   * Unknown ids are no error.
   *
   * @throws {ArtifactNotReady} while it is recorded
   */
  release(captureId: string): void {
    const capture = this.#captures.get(captureId);
    if (!capture) return;
    if (isRunning(capture.state)) throw new ArtifactNotReady(captureId);
    this.#forget(
      capture,
      new CaptureFailure('artifact-released', 'The artifact was released by its reader.'),
    );
  }

  /** @throws {UnknownCapture} */
  get(captureId: string): Capture {
    const capture = this.#captures.get(captureId);
    if (!capture) throw new UnknownCapture(captureId.slice(0, 64));
    return capture;
  }

  #makeRoom(): void {
    const held = this.list();
    const bytes = held.reduce(
      (sum, { state }) => sum + (state.state === 'held' ? state.artifact.sizeBytes : 0),
      0,
    );
    if (held.length < mostHeld && !this.#store.isFull) return;
    // A failure that nobody came to read is not worth as much as a new recording.
    const spare = held.find(({ state }) => state.state === 'failed');
    if (spare && !this.#store.isFull) {
      this.#forget(spare, pastOf(spare));
      return;
    }
    throw new TooManyCaptures(
      `The agent holds ${held.length} captures with ${Math.round(bytes / 1024 / 1024)} MiB already; ` +
        'release one, or wait for its lease to run out.',
    );
  }

  #expire(capture: Capture): void {
    this.#forget(
      capture,
      new CaptureFailure('lease-expired', 'Nobody asked for the capture within its lease, so it was let go.'),
    );
  }

  #forget(capture: Capture, past: CaptureFailure): void {
    this.#captures.delete(capture.id);
    capture.discard(past.code, past.message);
    capture.close();
    this.#past.set(capture.id, past);
    const oldest = this.#past.size > mostRemembered ? this.#past.keys().next().value : undefined;
    if (oldest !== undefined) this.#past.delete(oldest);
  }

  [Symbol.dispose](): void {
    for (const capture of this.list()) {
      this.#forget(capture, new CaptureFailure('agent-stopping', 'The agent is stopping with its service.'));
    }
  }
}

function pastOf({ state }: Capture): CaptureFailure {
  return state.state === 'failed'
    ? new CaptureFailure(state.code, state.message)
    : new CaptureFailure('artifact-released', 'The artifact was released by its reader.');
}

function parseCaptureId(id: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    throw new InvalidRequest('capture_id must be 1 to 64 of A-Z, a-z, 0-9, _ and -.');
  }
  return id;
}

function parseDuration({ duration }: CollectPerformanceDataRequest): number {
  const ms = duration ? durationMs(duration) : 0;
  if (!(ms > 0 && ms <= hourMs)) throw new InvalidRequest('duration must be more than 0 and at most 1 hour.');
  return ms;
}

function parseLease({ lease }: CollectPerformanceDataRequest): number {
  const ms = lease ? durationMs(lease) : 0;
  if (!(ms >= 0 && ms <= hourMs)) throw new InvalidRequest('lease must be at most 1 hour.');
  return ms === 0 ? defaultLeaseMs : Math.max(ms, leastLeaseMs);
}
