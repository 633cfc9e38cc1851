import type { InstanceIdentity, RuntimeInfo } from '#proto/gen/opscenter/v1/identity_pb.ts';

/** What is equal exactly for the same process, see identity.proto. */
export function identityKey(identity: InstanceIdentity): string {
  const { service, host, pid, startedAt } = identity;
  return [service, host, pid, startedAt?.seconds ?? 0n, startedAt?.nanos ?? 0].join('\n');
}

/** 9999-12-31: later than any instant that can be shown. */
const LAST_SECOND = 253_402_300_799n;

/**
 * Checks what an agent says about itself. It is shown to people and becomes part of ids, so everything about
 * it has a shape and a length.
 *
 * @returns a sentence for the service's developer, or undefined when all is well
 */
export function findIdentityMistake(identity: InstanceIdentity | undefined): string | undefined {
  if (!identity) return 'identity is missing.';
  const { service, version, host, pid, startedAt, labels } = identity;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(service)) {
    return 'identity.service must be 1 to 63 of a-z, 0-9 and -, beginning with a letter.';
  }
  if (!isText(version, 64)) return 'identity.version must be at most 64 printable characters.';
  if (!isText(host, 255) || host === '') return 'identity.host must be 1 to 255 printable characters.';
  if (pid === 0) return 'identity.pid must be more than 0.';
  if (!startedAt || startedAt.seconds <= 0n || startedAt.seconds > LAST_SECOND || !isNanos(startedAt.nanos)) {
    return 'identity.started_at must be when the process started.';
  }
  return findLabelMistake(labels);
}

function findLabelMistake(labels: Record<string, string>): string | undefined {
  const entries = Object.entries(labels);
  if (entries.length > 32) return 'identity.labels must be at most 32.';
  for (const [key, value] of entries) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/.test(key)) {
      return 'identity.labels must have keys of 1 to 63 letters, digits, dots, slashes and hyphens.';
    }
    if (!isText(value, 256)) return 'identity.labels must have values of at most 256 printable characters.';
  }
  return undefined;
}

/** @returns a sentence, or undefined when all is well */
export function findRuntimeMistake(runtime: RuntimeInfo | undefined): string | undefined {
  if (!runtime) return undefined;
  const { name, version, engineVersion, platform, arch, agentVersion } = runtime;
  const fine = [name, version, engineVersion, platform, arch, agentVersion].every((text) => isText(text, 64));
  return fine ? undefined : 'runtime must have fields of at most 64 printable characters.';
}

/** No control characters, no line breaks, no characters that turn the text around them. */
export function isText(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text);
}

function isNanos(nanos: number): boolean {
  return nanos >= 0 && nanos < 1_000_000_000;
}
