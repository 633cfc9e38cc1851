import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryUnusable } from './errors.ts';

/** Where the token lies that agents and server know each other by, when none is set. */
export function agentTokenFile(dataDirectory: string): string {
  return join(dataDirectory, 'agent-token');
}

/**
 * The token from the data directory, made at the first start: 256 random bits, readable by the owner alone.
 *
 * @throws DataDirectoryUnusable
 */
export async function obtainAgentToken(dataDirectory: string): Promise<string> {
  const file = agentTokenFile(dataDirectory);
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  } catch (error) {
    if (!isTaken(error))
      throw new DataDirectoryUnusable(dataDirectory, 'the agent token cannot be written', { cause: error });
  }
  // A copy that was restored with wider permissions is narrowed again.
  await chmod(file, 0o600);
  const token = (await readFile(file, 'utf8')).trim();
  if (!/^[\x21-\x7e]{8,512}$/.test(token)) {
    throw new DataDirectoryUnusable(
      dataDirectory,
      `the file ${file} does not hold a token; delete it and a new one is made`,
    );
  }
  return token;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
