import type { AgentErrorCode } from '../errors.ts';

/** What is said between the threads of actions and what they do: plain data, checked and cut to its limits. */
export const mostTargets = 1_000;
export const mostIdCharacters = 128;
export const mostSentenceCharacters = 500;
/** How long the service may take to compute a preview. */
export const previewLimitMs = 4_000;

export interface TargetFacts {
  id: string;
  name: string;
  reason: string;
  players: number;
  effect: 'touched' | 'kept' | 'awaited';
}

export interface PreviewFacts {
  computedAtMs: number;
  targets: TargetFacts[];
  playersAffected: number;
  playersDisconnected: number;
  irreversible: string;
  estimatedMs: number | undefined;
}

export interface CheckFacts {
  name: string;
  passed: boolean;
  detail: string;
}

export interface EndEvent {
  kind: 'end';
  state: 'succeeded' | 'partial' | 'failed' | 'cancelled';
  message: string;
  playersAffected: number;
  playersDisconnected: number;
  checks: CheckFacts[];
}

export type RunEvent =
  | { kind: 'step'; phase: string; message: string }
  | { kind: 'outcome'; targetId: string; outcome: 'done' | 'kept' | 'failed'; message: string }
  | { kind: 'waiting'; targets: TargetFacts[]; remainingMs: number | undefined }
  | EndEvent;

export interface RunEntry {
  /** Rises with every event of the run, from 1. */
  sequence: number;
  atMs: number;
  event: RunEvent;
}

export interface RunOrder {
  /** The idempotency key. */
  key: string;
  actionType: string;
  /** With its keys sorted, so that the same parameters are the same text. */
  parametersJson: string;
  confirmed: string[];
}

/** Why nothing was done. */
export interface Refusal {
  code: AgentErrorCode;
  message: string;
}

/** `starting`: the service computes the preview anew, and may still refuse. */
export type RunState =
  | { state: 'starting' }
  | { state: 'running' }
  | { state: 'refused'; refusal: Refusal; atMs: number }
  | { state: 'ended'; atMs: number };

/** A run as the main thread tells it to a thread of the agent that is new. */
export interface RunReport {
  order: RunOrder;
  ticket: SharedArrayBuffer;
  state: RunState;
  entries: RunEntry[];
}

/** What outlives a thread of the agent. */
export interface RunMemory {
  runs: RunReport[];
  spentKeys: string[];
  /** The highest epoch of a server that was seen. */
  epoch: bigint;
}

export type Question =
  | { kind: 'resource'; resourceId: string }
  | { kind: 'preview'; actionType: string; parametersJson: string };

/** What the agent's thread asks of the main thread. */
export type OperationToHost =
  | { type: 'ask'; id: number; question: Question }
  | { type: 'begin-run'; order: RunOrder; ticket: SharedArrayBuffer }
  /** The ticket was withdrawn, and the caller was told so. */
  | { type: 'withdraw-run'; key: string; refusal: Refusal }
  | { type: 'cancel-run'; key: string }
  | { type: 'epoch'; epoch: bigint };

export type Answer = { value: unknown } | { refusal: Refusal };

/** What the main thread tells. */
export type OperationToWorker =
  | { type: 'answer'; id: number; answer: Answer }
  | { type: 'run-begun'; key: string }
  | { type: 'run-refused'; key: string; refusal: Refusal }
  | { type: 'run-entries'; key: string; entries: RunEntry[] };
