export type { ArtifactFiles } from './artifact-files.ts';
export type { ArtifactReceiver, CommitResult } from './artifact-receiver.ts';
export { type Clock, systemClock, toInstant } from './clock.ts';
export { findOpenIntents } from './open-intents.ts';
export { openToRead } from './read-only.ts';
export type { ActionsTable, CapturesTable, Schema } from './schema.ts';
export { openStore, type Store, type StoreOptions } from './store.ts';
export type { NewTimelineEvent, Timeline } from './timeline.ts';
export { type Packing, UnreadableChunk } from './unpack.ts';
