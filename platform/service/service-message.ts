import { z } from 'zod';
import { POOL_MODES } from '../pool-mode.ts';
import { PlayerCounts } from './player-counts.ts';

/** Longest native call that can be asked for. */
export const MAX_NATIVE_SECONDS = 120;
export const MAX_LOGIN_LOAD = 20;
export const MAX_CONTEND_SECONDS = 600;

/** What the supervisor tells a process. */
export const SupervisorMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('spin') }),
  z.object({ kind: z.literal('native'), seconds: z.number().gt(0).max(MAX_NATIVE_SECONDS) }),
  z.object({ kind: z.literal('pool'), mode: z.enum(POOL_MODES) }),
  z.object({ kind: z.literal('count-players') }),
  z.object({ kind: z.literal('contend'), seconds: z.number().min(1).max(MAX_CONTEND_SECONDS) }),
  z.object({ kind: z.literal('login-load'), factor: z.number().min(0).max(MAX_LOGIN_LOAD) }),
]);
export type SupervisorMessage = z.infer<typeof SupervisorMessage>;

/** What a process tells the supervisor. */
export const ServiceMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('accepted'),
    command: z.enum(['spin', 'native', 'login-load', 'pool', 'contend', 'count-players']),
    /** With `count-players`. */
    players: PlayerCounts.optional(),
  }),
]);
export type ServiceMessage = z.infer<typeof ServiceMessage>;
