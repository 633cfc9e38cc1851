import { z } from 'zod';
import { POOL_MODES } from '../pool-mode.ts';
import { PlayerCounts } from '../service/player-counts.ts';
import { MAX_CONTEND_SECONDS, MAX_LOGIN_LOAD, MAX_NATIVE_SECONDS } from '../service/service-message.ts';

const name = z.string().min(1).max(64);

export const COMMAND_WORDS = [
  'status',
  'restart',
  'kill',
  'pause',
  'resume',
  'spin',
  'native',
  'load',
  'pool',
  'contend',
  'players',
  'stop',
] as const satisfies readonly Command['command'][];

/** What can be asked of a running platform. */
export const Command = z.discriminatedUnion('command', [
  z.object({ command: z.literal('status') }),
  z.object({ command: z.literal('stop') }),
  z.object({ command: z.literal('players') }),
  z.object({ command: z.enum(['restart', 'kill', 'pause', 'resume', 'spin']), name }),
  z.object({ command: z.literal('native'), name, seconds: z.number().gt(0).max(MAX_NATIVE_SECONDS) }),
  z.object({ command: z.literal('pool'), mode: z.enum(POOL_MODES) }),
  z.object({ command: z.literal('contend'), seconds: z.number().min(1).max(MAX_CONTEND_SECONDS) }),
  z.object({ command: z.literal('load'), factor: z.number().min(0).max(MAX_LOGIN_LOAD) }),
]);
export type Command = z.infer<typeof Command>;

export const InstanceStatus = z.object({
  instance: z.string(),
  service: z.string(),
  version: z.string(),
  state: z.string(),
  pid: z.int().nullable(),
  port: z.int().nullable(),
  restarts: z.int(),
  /** How long it has been in this state. */
  forSeconds: z.int(),
});
export type InstanceStatus = z.infer<typeof InstanceStatus>;

export const Reply = z.union([
  z.object({
    ok: z.literal(true),
    message: z.string(),
    instances: z.array(InstanceStatus).optional(),
    players: PlayerCounts.optional(),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type Reply = z.infer<typeof Reply>;
