export {
  type CallTree,
  type CallTreeOptions,
  forEachChild,
  type IndexIntoCallTree,
  pathTo,
  toCallTree,
} from './call-tree/call-tree.ts';
export { type FunctionTotals, toFunctionTotals } from './call-tree/function-totals.ts';
export { type FunctionShare, type TopFunctions, topFunctions } from './call-tree/top-functions.ts';
export { CpuProfileReader } from './cpuprofile/cpu-profile-reader.ts';
export {
  ProfileError,
  type ProfileErrorCode,
  ProfileLimitError,
  ProfileShapeError,
  ProfileSyntaxError,
} from './errors.ts';
export { findPackage, ORIGIN, type Origin, originOf } from './model/function-origin.ts';
export * from './model/profile.ts';
export { encodePprof, encodePprofChunks, type PprofOptions } from './pprof/encode-pprof.ts';
