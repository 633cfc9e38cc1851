import { create } from '@bufbuild/protobuf';
import type {
  handleUnaryCall,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  sendUnaryData,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type {
  CancelActionRequest,
  CancelActionResponse,
  PreviewActionRequest,
  PreviewActionResponse,
  RunActionRequest,
  RunActionResponse,
} from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import {
  Agent,
  type DescribeRequest,
  type DescribeResponse,
  type ReadResourceRequest,
  type ReadResourceResponse,
  type WatchRequest,
  type WatchResponse,
} from '../../../../proto/gen/opscenter/v1/agent_pb.ts';
import {
  type CollectPerformanceDataRequest,
  type CollectPerformanceDataResponse,
  type ReadArtifactRequest,
  type ReadArtifactResponse,
  type ReleaseArtifactRequest,
  type ReleaseArtifactResponse,
  ReleaseArtifactResponseSchema,
  type StopCaptureRequest,
  type StopCaptureResponse,
  StopCaptureResponseSchema,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { toServiceDefinition } from '../../../../proto/grpc/service-definition.ts';
import type { ActionDesk } from '../actions/action-desk.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import type { Description } from '../description.ts';
import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import type { MainThreadLine } from '../main-thread-line.ts';
import type { VitalsClock } from '../vitals/vitals-clock.ts';
import { cancelAction, previewAction, runAction } from './action-calls.ts';
import { collectPerformanceData, readArtifact } from './capture-calls.ts';
import { describe } from './describe-call.ts';
import { ReaderGone } from './message-sink.ts';
import { resourceContentsMessage } from './resource-messages.ts';
import { toStatus } from './to-status.ts';
import { watch } from './watch-call.ts';

export interface AgentParts {
  description: Description;
  threads: ThreadDirectory;
  vitals: VitalsClock;
  desk: CaptureDesk;
  line: MainThreadLine;
  actions: ActionDesk;
}

/** The contract's definition; responses that are bytes already are sent as they are. */
export function agentServiceDefinition(): ServiceDefinition {
  const definition = toServiceDefinition(Agent);
  return Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      {
        ...method,
        responseSerialize: (message: unknown) =>
          Buffer.isBuffer(message) ? message : method.responseSerialize(message),
      },
    ]),
  );
}

/** Every method of the Agent service; errors become statuses here and nowhere else. */
export function agentService(parts: AgentParts): UntypedServiceImplementation {
  const { description, threads, vitals, desk, line, actions } = parts;
  return {
    describe: unary<DescribeRequest, DescribeResponse>(() => describe(description, threads, desk)),
    watch: streaming<WatchRequest, WatchResponse>((call) => watch(call, vitals, description)),
    collectPerformanceData: streaming<CollectPerformanceDataRequest, CollectPerformanceDataResponse>((call) =>
      collectPerformanceData(call, desk),
    ),
    stopCapture: unary<StopCaptureRequest, StopCaptureResponse>(({ request }) => {
      desk.stop(request.captureId, request.discard);
      return create(StopCaptureResponseSchema);
    }),
    readArtifact: streaming<ReadArtifactRequest, ReadArtifactResponse>((call) => readArtifact(call, desk)),
    releaseArtifact: unary<ReleaseArtifactRequest, ReleaseArtifactResponse>(({ request }) => {
      desk.release(request.captureId);
      return create(ReleaseArtifactResponseSchema);
    }),
    readResource: unary<ReadResourceRequest, ReadResourceResponse>(async ({ request }) =>
      resourceContentsMessage(await line.readResource(request.id)),
    ),
    previewAction: unary<PreviewActionRequest, PreviewActionResponse>(({ request }) =>
      previewAction(request, actions),
    ),
    runAction: streaming<RunActionRequest, RunActionResponse>((call) => runAction(call, actions)),
    cancelAction: unary<CancelActionRequest, CancelActionResponse>(({ request }) =>
      cancelAction(request, actions),
    ),
  };
}

function unary<Request, Response>(
  handle: (call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return async (call, respond: sendUnaryData<Response>) => {
    try {
      respond(null, await handle(call));
    } catch (error) {
      respond(toStatus(error));
    }
  };
}

function streaming<Request, Response>(
  handle: (call: ServerWritableStream<Request, Response>) => void | Promise<void>,
): (call: ServerWritableStream<Request, Response>) => Promise<void> {
  return async (call) => {
    try {
      await handle(call);
    } catch (error) {
      if (!(error instanceof ReaderGone)) call.emit('error', toStatus(error));
    }
  };
}
