/** What the first release keeps: its own epoch, the audit, the timeline and the captures. */
export const firstTables = {
  version: 1,
  sql: `
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      phase TEXT NOT NULL CHECK (phase IN ('intent', 'outcome')),
      intent_sequence INTEGER UNIQUE,
      target TEXT NOT NULL,
      result TEXT CHECK (result IN ('succeeded', 'failed', 'unknown')),
      detail TEXT NOT NULL,
      hash TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      CHECK ((phase = 'outcome') = (intent_sequence IS NOT NULL)),
      CHECK ((phase = 'outcome') = (result IS NOT NULL))
    ) STRICT;
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
    CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

    CREATE TABLE timeline (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      service TEXT,
      instance_id TEXT,
      instance_name TEXT,
      capture_id TEXT,
      detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX timeline_by_age ON timeline (at);

    CREATE TABLE captures (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      service TEXT NOT NULL,
      service_version TEXT NOT NULL,
      instance_id TEXT NOT NULL,
      instance_name TEXT NOT NULL,
      thread TEXT NOT NULL,
      requested_at INTEGER NOT NULL,
      requested_by TEXT NOT NULL,
      duration_seconds REAL NOT NULL,
      options TEXT NOT NULL,
      state TEXT NOT NULL,
      status TEXT NOT NULL,
      ending TEXT CHECK (ending IN ('stop', 'cancel')),
      thread_unresponsive INTEGER NOT NULL,
      cost TEXT NOT NULL,
      artifact TEXT,
      stored_bytes INTEGER NOT NULL,
      pinned INTEGER NOT NULL,
      note TEXT NOT NULL,
      ended_at INTEGER,
      audit_intent INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX captures_by_service ON captures (service, id);
    CREATE INDEX captures_by_instance ON captures (instance_id, id);
    CREATE INDEX captures_by_state ON captures (state);
  `,
} as const;
