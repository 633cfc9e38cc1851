import { LinkRefusal } from '../link/link-message.ts';

const LOGIN_TIMEOUT_MS = 4_000;

/**
 * Asks user-service whether the password is right.
 *
 * @throws {LinkRefusal} `wrong-password`, `login-busy` or `login-unavailable`.
 */
export async function checkPassword(port: number, player: string, password: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ player, password }),
    signal: AbortSignal.timeout(LOGIN_TIMEOUT_MS),
  }).catch(() => {
    throw new LinkRefusal('login-unavailable', 'user-service does not answer');
  });
  await response.body?.cancel();
  if (response.status === 401) throw new LinkRefusal('wrong-password', 'The password is wrong');
  if (!response.ok) throw new LinkRefusal('login-busy', 'user-service has too much to do');
}
