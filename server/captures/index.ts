export {
  type CaptureLimits,
  CaptureService,
  type CaptureServiceOptions,
  type OpenArtifact,
} from './capture-service.ts';
