export {
  type CaptureLimits,
  CaptureService,
  type CaptureServiceOptions,
} from './capture-service.ts';
export type { OpenArtifact } from './stored-artifacts.ts';
