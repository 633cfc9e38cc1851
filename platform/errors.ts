/** A situation in which the platform cannot do what it was asked to. The message is one sentence for people. */
export abstract class PlatformError extends Error {
  abstract readonly code: string;
}

export class InvalidSetting extends PlatformError {
  readonly code = 'platform-invalid-setting';
  constructor(name: string, value: string, expected: string) {
    super(`${name} is "${value}", which is not ${expected}.`);
    this.name = 'InvalidSetting';
  }
}

export class PortInUse extends PlatformError {
  readonly code = 'platform-port-in-use';
  constructor(port: number, instance: string) {
    super(`Port ${port}, which ${instance} needs, is in use: stop what uses it or set PLATFORM_PORT_BASE.`);
    this.name = 'PortInUse';
  }
}

export class AlreadyRunning extends PlatformError {
  readonly code = 'platform-already-running';
  constructor(dataDirectory: string) {
    super(
      `The platform already runs with the data folder ${dataDirectory}: stop it first with npm run platform -- stop.`,
    );
    this.name = 'AlreadyRunning';
  }
}

export class NotRunning extends PlatformError {
  readonly code = 'platform-not-running';
  constructor(dataDirectory: string) {
    super(`The platform does not run (nothing answers in ${dataDirectory}): npm start starts it.`);
    this.name = 'NotRunning';
  }
}

export class UnknownInstance extends PlatformError {
  readonly code = 'platform-unknown-instance';
  constructor(name: string, known: readonly string[]) {
    super(`There is no instance "${name}". There are: ${known.join(', ')}.`);
    this.name = 'UnknownInstance';
  }
}

export class AmbiguousService extends PlatformError {
  readonly code = 'platform-ambiguous-service';
  constructor(service: string, instances: readonly string[]) {
    super(`${service} has several instances, name one of them: ${instances.join(', ')}.`);
    this.name = 'AmbiguousService';
  }
}

export class NotPossibleNow extends PlatformError {
  readonly code = 'platform-not-possible-now';
  constructor(message: string) {
    super(message);
    this.name = 'NotPossibleNow';
  }
}

/** A new player who wanted to play could not. */
export class LoginFailed extends PlatformError {
  readonly code = 'platform-login-failed';
  constructor(game: string, step: string, reason: string, afterMs: number) {
    super(`A new player could not play ${game}: ${step} failed after ${afterMs} ms: ${reason}`);
    this.name = 'LoginFailed';
  }
}

/** The command line was not understood. */
export class UsageError extends PlatformError {
  readonly code = 'platform-usage';
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
