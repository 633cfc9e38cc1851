/** The tables of the database; `migrations/` makes them. Instants are milliseconds since 1970. */
export interface Schema {
  meta: MetaTable;
  audit: AuditTable;
  timeline: TimelineTable;
  captures: CapturesTable;
  actions: ActionsTable;
}

interface MetaTable {
  name: string;
  value: string;
}

/** Append-only: triggers refuse UPDATE and DELETE. `sequence` has no gaps. */
export interface AuditTable {
  sequence: number;
  at: number;
  actor: string;
  action: string;
  phase: 'intent' | 'outcome';
  intent_sequence: number | null;
  target: string;
  result: 'succeeded' | 'failed' | 'unknown' | null;
  /** Canonical JSON. */
  detail: string;
  hash: string;
  previous_hash: string;
}

export interface TimelineTable {
  sequence: number;
  at: number;
  kind: string;
  service: string | null;
  instance_id: string | null;
  instance_name: string | null;
  capture_id: string | null;
  action_id: string | null;
  /** JSON. */
  detail: string;
}

export interface CapturesTable {
  id: string;
  kind: string;
  service: string;
  service_version: string;
  instance_id: string;
  instance_name: string;
  thread: string;
  requested_at: number;
  requested_by: string;
  duration_seconds: number;
  /** JSON. */
  options: string;
  /** JSON of the contract's CapturePrice. */
  price: string | null;
  /** `status.state`, for queries. */
  state: string;
  /** JSON of the contract's CaptureState. */
  status: string;
  ending: 'stop' | 'cancel' | null;
  thread_unresponsive: number;
  /** JSON of the contract's CaptureCost. */
  cost: string;
  /** JSON of the contract's Artifact as the agent announced it; it is there only in the state complete. */
  artifact: string | null;
  /** The artifact's size once the capture is complete, else 0. */
  stored_bytes: number;
  pinned: number;
  note: string;
  /** When it reached a final state. */
  ended_at: number | null;
  /** The audit entry that its end concludes. */
  audit_intent: number | null;
}

export interface ActionsTable {
  id: string;
  type: string;
  title: string;
  /** JSON of the parameters. */
  params: string;
  reason: string;
  requested_by: string;
  requested_at: number;
  /** When it asks how to go on. */
  deadline_at: number;
  /** `status.state`, for queries. */
  state: string;
  /** JSON of the contract's ActionStatus. */
  status: string;
  /** JSON of the contract's ActionPart[]. */
  parts: string;
  /** JSON of the contract's ActionPreview that was confirmed. */
  preview: string;
  /** One preview is confirmed once. */
  preview_id: string;
  /** JSON of the contract's ActionEvent[]. */
  history: string;
  idempotency_key: string;
  /** Of the request that came with the key: another one with the same key is a mistake. */
  request_hash: string;
  /** When it reached a final state. */
  ended_at: number | null;
  /** The audit entry that its end concludes. */
  audit_intent: number;
}
