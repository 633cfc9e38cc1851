export type {
  ActiveHandles,
  Activity,
  ActivityFrame,
  PendingOperations,
  SampledStack,
  ThreadActivity,
  ThreadState,
} from './activity/activity.ts';
export { formatActivityText } from './activity/format-activity-text.ts';
export { parseActivity } from './activity/parse-activity.ts';
export {
  type CallTree,
  forEachChild,
  type IndexIntoCallTree,
  toCallTree,
} from './call-tree/call-tree.ts';
export { type FunctionTotals, toFunctionTotals } from './call-tree/function-totals.ts';
export { CpuProfileReader } from './cpuprofile/cpu-profile-reader.ts';
export { ProfileError } from './errors.ts';
export { findPackage, ORIGIN, type Origin, originOf } from './model/function-origin.ts';
export { FRAME_KIND, type FrameKind, type FunctionTable, type Profile } from './model/profile.ts';
export { encodePprofChunks } from './pprof/encode-pprof.ts';
