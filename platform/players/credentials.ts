import { readAccounts } from '../user-service/accounts.ts';

export interface Credentials {
  player: string;
  password: string;
}

/** What the people of this example type in. */
export function allCredentials(): Credentials[] {
  return [...readAccounts().keys()].map((player) => ({ player, password: `${player}-likes-brass` }));
}
