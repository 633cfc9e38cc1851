export { AgentClient } from './agent-client.ts';
export { type CallFailure, toCallFailure } from './call-failure.ts';
export { toCaptureKind, toCaptureKindMessage } from './capture-kinds.ts';
export { toRemarks } from './description.ts';
export { InstanceDirectory, type InstanceDirectoryOptions } from './instance-directory.ts';
export { parseObject } from './json-object.ts';
export { toInstantWithin } from './resource.ts';
export { toText } from './text.ts';
export { toUnreachable } from './unreachable.ts';
