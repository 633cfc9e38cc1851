// Usage: npm run audit:verify
// Verifies the audit in OPSCENTER_DATA, also while the server runs. Ends with 0 when it is whole, with 1 when it is not, and
// with 2 when that cannot be found out.
import { type StoredAuditReport, verifyStoredAudit } from './audit/index.ts';
import { readDataDirectory } from './config.ts';
import { ServerError } from './errors.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('It was interrupted.')));

try {
  const dataDirectory = readDataDirectory(process.env);
  const report = await verifyStoredAudit(dataDirectory, interrupted.signal);
  process.stdout.write(`${toSentences(dataDirectory, report)}\n`);
  process.exitCode = isWhole(report) ? 0 : 1;
} catch (error) {
  const sentence = error instanceof ServerError ? error.message : String(error);
  process.stderr.write(`The audit cannot be verified: ${sentence}\n`);
  process.exitCode = 2;
}

/** Without the key nobody can say that the record was not cut or written anew as a whole. */
function isWhole(report: StoredAuditReport): boolean {
  return report.verified && (report.signed.key === 'found' || report.entries === 0);
}

function toSentences(dataDirectory: string, report: StoredAuditReport): string {
  const audit = `The audit in ${dataDirectory}`;
  if (!report.verified) return `${audit} is broken at entry ${report.brokenAt}: ${report.reason}.`;
  if (report.entries === 0) return `${audit} is empty.`;
  if (!isWhole(report)) {
    return `${audit} holds together over its ${report.entries} entries, but the key of its signed heads is missing (audit-heads/key): whether its end was cut off, or all of it written anew, cannot be found out.`;
  }
  return `${audit} is whole: ${report.entries} entries, each as it was written. ${toSignatures(report)} The last hash is ${report.headHash}.`;
}

function toSignatures({ signed }: StoredAuditReport): string {
  if (signed.key === 'missing' || !signed.newest?.sequence) {
    return 'No head of it is signed yet, so that a cut end would not be noticed.';
  }
  const { sequence, at } = signed.newest;
  return `${signed.heads} signed heads agree with it, the newest at entry ${sequence} of ${at}.`;
}
