import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';

export const MESSAGE_BYTES = 32 * 1024;

/** Bytes in, bytes out: nothing is encoded or decoded. */
const asItIs = (bytes: Buffer) => bytes;

/** The least that a gRPC stream can be: asked for a size, it sends so many bytes in messages of 32 KiB. */
export const download: MethodDefinition<Buffer, Buffer> = {
  path: '/bench.Bare/Download',
  requestStream: false,
  responseStream: true,
  requestSerialize: asItIs,
  requestDeserialize: asItIs,
  responseSerialize: asItIs,
  responseDeserialize: asItIs,
};

export const bareService: ServiceDefinition = { download };
