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
  type IndexIntoCallTree,
  toCallTree,
} from './call-tree/call-tree.ts';
export { findCountOf } from './call-tree/count-type.ts';
export { type FunctionTotals, toFunctionTotals } from './call-tree/function-totals.ts';
export { profileOfTree } from './call-tree/profile-of-tree.ts';
export { selfOfFunctions } from './call-tree/self-of-functions.ts';
export { forEachChild } from './call-tree/tree-rows.ts';
export { type BottomUp, toBottomUp } from './callers/bottom-up.ts';
export { toCalleesTree } from './callers/callees-tree.ts';
export {
  type CallersTree,
  toCallersTree,
  toInvertedTree,
} from './callers/callers-tree.ts';
export { type DiffTree, toDiffTree } from './diff/diff-tree.ts';
export {
  type FunctionDifferences,
  toFunctionDifferences,
} from './diff/function-differences.ts';
export { ProfileError } from './errors.ts';
export { encodeCollapsed } from './export/encode-collapsed.ts';
export { encodeFlameSvg } from './export/encode-flame-svg.ts';
export { encodeSpeedscope, encodeTimedSpeedscope } from './export/encode-speedscope.ts';
export {
  findLabelSets,
  type LabelChoice,
  type LabelFacet,
  type LabelShare,
  toLabelFacets,
} from './labels/label-facets.ts';
export { findLargestNumber } from './labels/largest-number.ts';
export { pivotByLabel } from './labels/pivot.ts';
export { type LineHits, toLineHits } from './lines/line-hits.ts';
export { mergeProfiles } from './merge/merge-profiles.ts';
export {
  type Outlier,
  type OutlierFunction,
  type Outliers,
  rankOutliers,
} from './merge/rank-outliers.ts';
export { findPackage, ORIGIN, type Origin, originOf } from './model/function-origin.ts';
export {
  FRAME_KIND,
  type FrameKind,
  type FunctionTable,
  type IndexIntoFunctionTable,
  type Profile,
  type ValueType,
} from './model/profile.ts';
export { chooseProfile, type NamedProfile, type ProfileSet } from './model/profile-set.ts';
export { type OpenedFormat, openProfile } from './open-profile.ts';
export { encodePprofChunks } from './pprof/encode-pprof.ts';
export type { ProfileReader } from './profile-reader.ts';
export { findNextRow, type MatchingRows, matchRows } from './search/match-rows.ts';
export { isHeapSnapshot, SNIFFED_BYTES, sniffProfile } from './sniff/sniff-profile.ts';
export { type ActivityOverTime, toActivityOverTime } from './time-chart/activity-over-time.ts';
export { stepInTime, type TimedStep } from './time-chart/frame-walk.ts';
export { Occurrences } from './time-chart/occurrences.ts';
export {
  countFrames,
  findFrame,
  selfMicrosOf,
  type TimeChart,
  type TimedFrame,
  toTimeChart,
} from './time-chart/time-chart.ts';
export {
  createColumns,
  createLineBoxes,
  fillColumns,
  findLineBoxes,
  type LineBoxes,
  sampleInPixel,
  type TimeColumns,
} from './time-chart/time-columns.ts';
export { readArguments } from './trace/argument-texts.ts';
export { type StateEvidence, toStateEvidence } from './trace/state-evidence.ts';
export {
  LANE_STATE,
  LANE_STATES,
  type Lane,
  type LaneState,
  type LaneTotals,
  SPAN_FLAG,
  type SpanTable,
  type Trace,
} from './trace/trace.ts';
export { TraceReader } from './trace/trace-reader.ts';
export { findFunction, toFunctionName } from './transform/function-name.ts';
export type { FrameSelector, FunctionName, TimeRange, Transform } from './transform/transform.ts';
export { unpackGzip } from './unpack/unpack-gzip.ts';
