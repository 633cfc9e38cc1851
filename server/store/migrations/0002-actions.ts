/** Actions, and the actions that the timeline tells of. */
export const actions = {
  version: 2,
  sql: `
    CREATE TABLE actions (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      title TEXT NOT NULL,
      params TEXT NOT NULL,
      reason TEXT NOT NULL,
      requested_by TEXT NOT NULL,
      requested_at INTEGER NOT NULL,
      deadline_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      status TEXT NOT NULL,
      parts TEXT NOT NULL,
      preview TEXT NOT NULL,
      preview_id TEXT NOT NULL UNIQUE,
      history TEXT NOT NULL,
      idempotency_key TEXT NOT NULL UNIQUE,
      request_hash TEXT NOT NULL,
      ended_at INTEGER,
      audit_intent INTEGER NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX actions_by_type ON actions (type, id);
    CREATE INDEX actions_by_request ON actions (requested_at);
    CREATE INDEX actions_under_way ON actions (id) WHERE ended_at IS NULL;

    ALTER TABLE timeline ADD COLUMN action_id TEXT;
  `,
} as const;
