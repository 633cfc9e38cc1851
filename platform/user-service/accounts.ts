import { readFileSync } from 'node:fs';
import { z } from 'zod';

const AccountFile = z.array(z.object({ player: z.string(), passwordHash: z.string() }));

/** Password hashes by player name. */
export function readAccounts(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('accounts.json', import.meta.url), 'utf8');
  return new Map(
    AccountFile.parse(JSON.parse(text)).map((account) => [account.player, account.passwordHash]),
  );
}
