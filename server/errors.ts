/**
 * The situations in which the server cannot do what it was asked, one class each. `code` is the word for
 * programs (docs/errors.md lists every one), `status` the HTTP status, `message` the sentence for people.
 */
export abstract class ServerError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

// The data directory: the server does not start.

export class DataDirectoryTooNew extends ServerError {
  readonly code = 'data-directory-too-new';
  readonly status = 500;

  constructor(directory: string, found: number, known: number) {
    super(
      `The data directory ${directory} was written by a newer version (schema ${found}; this version knows ${known}): start that version, or set OPSCENTER_DATA to another directory.`,
    );
  }
}

export class DataDirectoryForeign extends ServerError {
  readonly code = 'data-directory-foreign';
  readonly status = 500;

  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} is not a database of OPS Center: move it away, or set OPSCENTER_DATA to another directory.`,
      options,
    );
  }
}

export class DataDirectoryInUse extends ServerError {
  readonly code = 'data-directory-in-use';
  readonly status = 500;

  constructor(directory: string, pid: number | undefined) {
    super(
      `The data directory ${directory} is used by another server${pid ? ` (process ${pid})` : ''}: stop that one, or set OPSCENTER_DATA to another directory.`,
    );
  }
}

export class DataDirectoryUnusable extends ServerError {
  readonly code = 'data-directory-unusable';
  readonly status = 500;

  constructor(directory: string, why: string, options?: ErrorOptions) {
    super(`The data directory ${directory} cannot be used: ${why}.`, options);
  }
}

export class RegistryPortUnavailable extends ServerError {
  readonly code = 'registry-port-unavailable';
  readonly status = 500;

  constructor(address: string, options?: ErrorOptions) {
    super(
      `The registry cannot listen on ${address}: the port is in use or not permitted. Stop what uses it, or set OPSCENTER_GRPC_PORT.`,
      options,
    );
  }
}

// Storage.

export class StorageFull extends ServerError {
  readonly code = 'storage-full';
  readonly status = 507;

  constructor(why: string, options?: ErrorOptions) {
    super(`There is no room to store this: ${why}. Free some space, or delete captures.`, options);
  }
}

export class StorageFailed extends ServerError {
  readonly code = 'storage-failed';
  readonly status = 500;

  constructor(why: string, options?: ErrorOptions) {
    super(`The artifact could not be stored: ${why}.`, options);
  }
}

export class AuditUnavailable extends ServerError {
  readonly code = 'audit-unavailable';
  readonly status = 503;

  constructor(options?: ErrorOptions) {
    super(
      'Nothing was done: the audit could not be written, and nothing is done without a record of it. Look at the disk that holds the data directory, then try again.',
      options,
    );
  }
}

// Instances.

export class InstanceNotFound extends ServerError {
  readonly code = 'instance-not-found';
  readonly status = 404;

  constructor(id: string) {
    super(
      `There is no instance ${id}. It may have ended and been forgotten; a restarted process has a new id.`,
    );
  }
}

export class ServiceNotFound extends ServerError {
  readonly code = 'service-not-found';
  readonly status = 404;

  constructor(name: string) {
    super(`There is no service ${name}.`);
  }
}

export class ThreadNotFound extends ServerError {
  readonly code = 'thread-not-found';
  readonly status = 404;

  constructor(instanceId: string, thread: string) {
    super(`${instanceId} has no thread ${thread}.`);
  }
}

export class InstanceUnreachable extends ServerError {
  readonly code = 'instance-unreachable';
  readonly status = 409;

  constructor(name: string, why: string) {
    super(`${name} cannot be reached: ${why}.`);
  }
}

// Resources.

export class ResourceNotFound extends ServerError {
  readonly code = 'resource-not-found';
  readonly status = 404;

  constructor(instanceName: string, resourceId: string) {
    super(`${instanceName} has no resource ${resourceId}. It may have been taken away since.`);
  }
}

export class MainThreadStuck extends ServerError {
  readonly code = 'main-thread-stuck';
  readonly status = 409;

  /** `reason`: a whole sentence, of the agent or of the health. */
  constructor(instanceName: string, reason: string, options?: ErrorOptions) {
    super(`${instanceName} is stuck and cannot be asked: ${reason}`, options);
  }
}

export class ResourceUnreadable extends ServerError {
  readonly code = 'resource-unreadable';
  readonly status = 503;

  constructor(instanceName: string, why: string, options?: ErrorOptions) {
    super(`${instanceName} cannot tell what is in it: ${why}`, options);
  }
}

// Captures.

export class CaptureNotFound extends ServerError {
  readonly code = 'capture-not-found';
  readonly status = 404;

  constructor(id: string) {
    super(`There is no capture ${id}. It may have been deleted.`);
  }
}

export class CaptureInProgress extends ServerError {
  readonly code = 'capture-in-progress';
  readonly status = 429;
  /** The capture that is in the way. */
  readonly captureId: string;

  constructor(captureId: string, kind: string, instanceName: string) {
    super(
      `A ${kind} capture of ${instanceName} is under way already (${captureId}): wait for it, stop it or cancel it.`,
    );
    this.captureId = captureId;
  }
}

export class QueueFull extends ServerError {
  readonly code = 'capture-queue-full';
  readonly status = 429;

  constructor(running: number, queued: number) {
    super(
      `${running} captures are running and ${queued} are waiting, which is the limit: try again when one has ended.`,
    );
  }
}

export class KindUnavailable extends ServerError {
  readonly code = 'capture-kind-unavailable';
  readonly status = 409;

  constructor(kind: string, instanceName: string, why: string) {
    super(`A ${kind} capture of ${instanceName} is not possible: ${why}`);
  }
}

export class ConsentMissing extends ServerError {
  readonly code = 'consent-missing';
  readonly status = 409;

  /** `consequence`: the agent's own sentence. */
  constructor(kind: string, instanceName: string, consequence: string) {
    super(
      `A ${kind} capture of ${instanceName} has to be agreed to (options.consentToPause): ${consequence} Nothing was done.`,
    );
  }
}

export class NothingToKeep extends ServerError {
  readonly code = 'nothing-to-keep';
  readonly status = 409;

  constructor(id: string, kind: string) {
    super(`Half of a ${kind} capture is nothing that could be kept: let ${id} end by itself, or cancel it.`);
  }
}

export class CaptureNotEnded extends ServerError {
  readonly code = 'capture-not-ended';
  readonly status = 409;

  constructor(id: string, state: string) {
    super(`The capture ${id} is still ${state}: stop or cancel it first.`);
  }
}

export class ArtifactNotAvailable extends ServerError {
  readonly code = 'artifact-not-available';
  readonly status = 409;

  constructor(id: string, state: string) {
    super(`The capture ${id} has no artifact: it is ${state}.`);
  }
}

export class ArtifactUnreadable extends ServerError {
  readonly code = 'artifact-unreadable';
  readonly status = 422;

  constructor(id: string, why: string, options?: ErrorOptions) {
    super(
      `The artifact of ${id} cannot be converted: ${why}. It can still be downloaded as it came.`,
      options,
    );
  }
}

// The source of what was sampled.

export class SourcesNotConfigured extends ServerError {
  readonly code = 'sources-not-configured';
  readonly status = 409;

  constructor() {
    super(
      'No source can be shown, for this server reads files only below directories that it is told of, and it is told of none: set OPSCENTER_SOURCES to where the files of services are found here, such as /srv/app=/home/me/app, and start it again.',
    );
  }
}

export class SourceNotInProfile extends ServerError {
  readonly code = 'source-not-in-profile';
  readonly status = 404;

  constructor(captureId: string, file: string) {
    super(`No function of ${captureId} stands in ${toShortName(file)}.`);
  }
}

export class SourceOutsideRoots extends ServerError {
  readonly code = 'source-outside-roots';
  readonly status = 404;

  constructor(file: string, why: string) {
    super(
      `${toShortName(file)} is not read: ${why}. OPSCENTER_SOURCES says which files of services are found where.`,
    );
  }
}

export class SourceNotFound extends ServerError {
  readonly code = 'source-not-found';
  readonly status = 404;

  constructor(file: string) {
    super(
      `${toShortName(file)} is not there, in the directory that OPSCENTER_SOURCES names for it: the service may run another version.`,
    );
  }
}

export class SourceUnreadable extends ServerError {
  readonly code = 'source-unreadable';
  readonly status = 422;

  constructor(file: string, why: string) {
    super(`${toShortName(file)} cannot be shown: ${why}.`);
  }
}

export class SourceMapUnreadable extends ServerError {
  readonly code = 'source-map-unreadable';
  readonly status = 422;

  constructor(file: string, why: string) {
    super(`The source map of ${toShortName(file)} cannot be used: ${why}.`);
  }
}

/** Names come from services: what is shown of them is bounded and has nothing that reorders the text around it. */
function toShortName(file: string): string {
  const plain = file.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return plain.length > 200 ? `…${plain.slice(-200)}` : plain;
}

export class ConversionBusy extends ServerError {
  readonly code = 'conversion-busy';
  readonly status = 503;

  constructor() {
    super('Too many conversions are under way: try again in a few seconds.');
  }
}

// Heap snapshots that are looked into.

export class HeapSnapshotExpected extends ServerError {
  readonly code = 'heap-snapshot-expected';
  readonly status = 409;

  constructor(captureId: string, kind: string) {
    super(`${captureId} is a ${kind} capture; only heap snapshots can be asked this way.`);
  }
}

export class HeapUnreadable extends ServerError {
  readonly code = 'heap-unreadable';
  readonly status = 422;

  /** `why`: a whole sentence, of the reader. */
  constructor(captureId: string, why: string) {
    super(`The heap snapshot of ${captureId} cannot be read. ${why} It can still be downloaded as it came.`);
  }
}

export class HeapMemoryExceeded extends ServerError {
  readonly code = 'heap-memory-exceeded';
  readonly status = 422;

  /** `why`: a whole sentence with both numbers, of the reader. */
  constructor(captureId: string, why: string) {
    super(
      `The heap snapshot of ${captureId} needs more memory than may be used for it. ${why} Raise OPSCENTER_HEAP_MEMORY_BYTES where the machine has more, or open the download on one that has.`,
    );
  }
}

export class HeapMemoryTaken extends ServerError {
  readonly code = 'heap-memory-taken';
  readonly status = 503;

  constructor(why: string) {
    super(`There is no room for another heap snapshot at the moment: ${why}.`);
  }
}

export class HeapOpening extends ServerError {
  readonly code = 'heap-opening';
  readonly status = 503;

  constructor(captureId: string) {
    super(
      `The heap snapshot of ${captureId} is still being opened: GET /api/v1/captures/${captureId}/heap tells how far it is. Ask again then.`,
    );
  }
}

export class HeapBusy extends ServerError {
  readonly code = 'heap-busy';
  readonly status = 503;

  constructor(captureId: string, waiting: number) {
    super(
      `${waiting} questions about ${captureId} are waiting, which is the limit: ask again in a few seconds.`,
    );
  }
}

export class HeapClosed extends ServerError {
  readonly code = 'heap-closed';
  readonly status = 409;

  constructor(captureId: string) {
    super(`The heap snapshot of ${captureId} was closed meanwhile. Ask again to open it.`);
  }
}

export class HeapProcessEnded extends ServerError {
  readonly code = 'heap-process-ended';
  readonly status = 503;

  constructor(captureId: string, how: string) {
    super(
      `The process that reads the heap snapshot of ${captureId} ended (${how}). The next question opens it again.`,
    );
  }
}

/** Why stands in the log: a system's words may name files of the server. */
export class HeapQuestionFailed extends ServerError {
  readonly code = 'heap-question-failed';
  readonly status = 500;

  constructor(captureId: string) {
    super(
      `A question about the heap snapshot of ${captureId} could not be answered; the log of the server says why. Other questions still can.`,
    );
  }
}

export class HeapQuestionOverdue extends ServerError {
  readonly code = 'heap-question-overdue';
  readonly status = 504;

  constructor(captureId: string, seconds: number) {
    super(
      `The question about ${captureId} was not answered within ${seconds} s, so it was broken off. Ask for less at once; the snapshot opens again by itself.`,
    );
  }
}

/** The engine's own words, which stand in `profile/errors.ts`: a filter it does not understand, an object it does not have. */
export class HeapQuestionRefused extends ServerError {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
    this.status = code === 'heap-object-unknown' ? 404 : 400;
  }
}

export class EarlierSnapshotMissing extends ServerError {
  readonly code = 'earlier-snapshot-missing';
  readonly status = 400;

  constructor() {
    super('Questions that compare name the earlier snapshot in `earlier`, and it is another than the later.');
  }
}

// Actions.

export class ActionNotFound extends ServerError {
  readonly code = 'action-not-found';
  readonly status = 404;

  constructor(id: string) {
    super(`There is no action ${id}.`);
  }
}

export class ActionUnavailable extends ServerError {
  readonly code = 'action-unavailable';
  readonly status = 409;

  constructor(type: string, why: string) {
    super(`The action ${type} is not possible: ${why}.`);
  }
}

/** One thing that is wrong with an action's parameters; `path` leads to it, such as body.params.game. */
export interface ParameterMistake {
  readonly path: string;
  readonly message: string;
}

export class ActionParametersInvalid extends ServerError {
  readonly code = 'action-parameters-invalid';
  readonly status = 400;
  readonly mistakes: readonly ParameterMistake[];

  constructor(mistake: ParameterMistake) {
    super(`The parameters do not fit the action: ${mistake.path}: ${mistake.message}.`);
    this.mistakes = [mistake];
  }
}

export class TooManyInstances extends ServerError {
  readonly code = 'too-many-instances';
  readonly status = 409;

  constructor(count: number, limit: number) {
    super(`An action runs on ${limit} instances at most, and these are ${count}: choose some of them.`);
  }
}

export class TooManyPreviews extends ServerError {
  readonly code = 'too-many-previews';
  readonly status = 429;

  constructor(limit: number) {
    super(`${limit} previews are being computed, which is the limit: try again in a few seconds.`);
  }
}

export class TooManyActions extends ServerError {
  readonly code = 'too-many-actions';
  readonly status = 429;

  constructor(limit: number) {
    super(`${limit} actions are under way, which is the limit: try again when one has ended.`);
  }
}

export class PreviewExpired extends ServerError {
  readonly code = 'preview-expired';
  readonly status = 409;

  constructor() {
    super('The preview is too old to be confirmed, or was never there. Nothing was done: look again.');
  }
}

export class PreviewUsed extends ServerError {
  readonly code = 'preview-used';
  readonly status = 409;

  constructor(actionId: string | undefined) {
    super(
      `The preview has been confirmed already${actionId ? ` (${actionId})` : ''}. Nothing more was done: look again to run the action once more.`,
    );
  }
}

export class PreviewStale extends ServerError {
  readonly code = 'preview-stale';
  readonly status = 409;

  constructor(instanceName: string, why: string) {
    super(`${instanceName} is not what was previewed: ${why}. Nothing was done: look again.`);
  }
}

export class NothingToRun extends ServerError {
  readonly code = 'nothing-to-run';
  readonly status = 409;

  constructor(why: string) {
    super(`No instance of the preview can do it: ${why}`);
  }
}

export class ActionInProgress extends ServerError {
  readonly code = 'action-in-progress';
  readonly status = 409;

  constructor(actionId: string, type: string, instanceName: string) {
    super(
      `A ${type} of ${instanceName} is under way already (${actionId}). Nothing more was done: wait for it, or cancel it.`,
    );
  }
}

export class ActionEnded extends ServerError {
  readonly code = 'action-ended';
  readonly status = 409;

  constructor(id: string, state: string) {
    super(`The action ${id} is ${state} and needs no more time.`);
  }
}

export class ConfirmationRequired extends ServerError {
  readonly code = 'confirmation-required';
  readonly status = 422;

  constructor(word: string) {
    super(`Players would feel this: type ${word} to confirm it. Nothing was done.`);
  }
}

export class IdempotencyKeyReused extends ServerError {
  readonly code = 'idempotency-key-reused';
  readonly status = 409;

  constructor(actionId: string) {
    super(
      `The idempotency key belongs to another request (${actionId}). Nothing was done: each new request needs a new key.`,
    );
  }
}

export class ShuttingDown extends ServerError {
  readonly code = 'shutting-down';
  readonly status = 503;

  constructor() {
    super('The server is stopping: try again when it is back.');
  }
}
