import { LoginFailed } from '../errors.ts';
import { allCredentials, type Credentials } from './credentials.ts';
import { Player } from './player.ts';

const DEADLINE_MS = 15_000;
const STAKE_CENTS = 10;

/**
 * One new player signs in, sits down in the game, plays once and leaves.
 *
 * @returns how long it took, in milliseconds.
 * @throws {LoginFailed} with the step at which it ended; after 15 s at the latest.
 */
export async function tryLogin(gatewayUrl: string, game: string): Promise<number> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  let step = 'signing in';
  let player: Player | undefined;
  const play = async () => {
    player = await Player.signIn(gatewayUrl, anybody());
    step = 'sitting down';
    await player.sit(game);
    step = 'playing';
    await player.play(STAKE_CENTS);
  };
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error('There was no answer within 15 s.')), DEADLINE_MS);
  });
  try {
    await Promise.race([play(), late]);
    return elapsedMs();
  } catch (error) {
    throw new LoginFailed(game, step, toSentence(error), elapsedMs());
  } finally {
    clearTimeout(deadline);
    player?.leave();
  }
}

function anybody(): Credentials {
  const people = allCredentials();
  const person = people[Math.floor(Math.random() * people.length)];
  if (!person) throw new TypeError('There are no accounts');
  return person;
}

function toSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.endsWith('.') ? message : `${message}.`;
}
