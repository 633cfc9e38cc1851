import { z } from 'zod';
import { Instant } from './ids.ts';

export const SignIn = z
  .object({ token: z.string().min(1).max(512) })
  .strict()
  .meta({ id: 'SignIn', description: 'The console token, exchanged for a session cookie' });
export type SignIn = z.infer<typeof SignIn>;

/** Who the console takes the caller for. `expiresAt` is null where no sign-in is needed or a bearer token is sent. */
export const Session = z.object({ actor: z.string(), expiresAt: Instant.nullable() }).meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
