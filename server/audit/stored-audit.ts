import { openToRead } from '../store/index.ts';
import { type SignedHead, SignedHeads } from './signed-heads.ts';
import { type ChainVerification, verifyChain } from './verify-chain.ts';

/** `signed.newest`: the farthest that a signature vouches for. Without a key the signatures cannot be checked. */
export type StoredAuditReport = ChainVerification & {
  signed: { key: 'missing' } | { key: 'found'; heads: number; newest: SignedHead | undefined };
};

/**
 * Verifies the audit of a data directory from outside of its server, which may be running. Changes nothing.
 *
 * @throws DataDirectoryTooNew, DataDirectoryForeign, DataDirectoryUnusable; the signal's reason
 */
export async function verifyStoredAudit(
  dataDirectory: string,
  signal: AbortSignal,
): Promise<StoredAuditReport> {
  const db = openToRead(dataDirectory);
  try {
    const signedHeads = await SignedHeads.find(dataDirectory);
    const read = await signedHeads?.read();
    const verification = await verifyChain(db, read, signal);
    if (!read) return { ...verification, signed: { key: 'missing' } };
    return { ...verification, signed: { key: 'found', heads: read.heads.length, newest: read.heads.at(-1) } };
  } finally {
    await db.destroy();
  }
}
