import {
  create,
  type DescMessage,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2';
import {
  type CallOptions,
  type Client,
  type ClientReadableStream,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { toMethodDefinition } from './service-definition.ts';

type Methods<Service> = Service extends GenService<infer Shape extends GenServiceMethods> ? Shape : never;
type NamesOf<Service, Kind> = {
  [Name in keyof Methods<Service>]: Methods<Service>[Name] extends { methodKind: Kind } ? Name : never;
}[keyof Methods<Service>] &
  string;
type InputOf<Service, Name extends keyof Methods<Service>> = Methods<Service>[Name] extends {
  input: infer Input extends DescMessage;
}
  ? Input
  : never;
type OutputOf<Service, Name extends keyof Methods<Service>> = Methods<Service>[Name] extends {
  output: infer Output extends DescMessage;
}
  ? Output
  : never;

/** Looks over the bytes of an answer before they are decoded, and throws when they are not to be. */
export type Inspection = (desc: DescMessage, bytes: Uint8Array) => void;

export interface UnaryCallOptions {
  metadata: Metadata;
  inspect?: Inspection;
  /** Every unary call has one. */
  deadlineMs: number;
  signal?: AbortSignal;
}

/**
 * Calls a unary method of the contract.
 *
 * @throws {ServiceError} with the gRPC status as `code`; `CANCELLED` after the signal.
 */
export function callUnary<
  Service extends GenService<GenServiceMethods>,
  Name extends NamesOf<Service, 'unary'>,
>(
  client: Client,
  service: Service,
  name: Name,
  request: MessageInitShape<InputOf<Service, Name>>,
  options: UnaryCallOptions,
): Promise<MessageShape<OutputOf<Service, Name>>> {
  const method = methodOf(service, name);
  const definition = toMethodDefinition(method);
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      definition.path,
      definition.requestSerialize,
      inspected(definition.responseDeserialize, method.output, options.inspect),
      create(method.input, request as never),
      options.metadata,
      { deadline: Date.now() + options.deadlineMs },
      (error: ServiceError | null, response) => {
        options.signal?.removeEventListener('abort', abort);
        if (error) reject(error);
        else resolve(response as MessageShape<OutputOf<Service, Name>>);
      },
    );
    const abort = () => call.cancel();
    if (options.signal?.aborted) abort();
    else options.signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Opens a server stream of the contract. The caller reads it, watches over it and cancels it. */
export function openServerStream<
  Service extends GenService<GenServiceMethods>,
  Name extends NamesOf<Service, 'server_streaming'>,
>(
  client: Client,
  service: Service,
  name: Name,
  request: MessageInitShape<InputOf<Service, Name>>,
  options: { metadata: Metadata; inspect?: Inspection; callOptions?: CallOptions },
): ClientReadableStream<MessageShape<OutputOf<Service, Name>>> {
  const method = methodOf(service, name);
  const definition = toMethodDefinition(method);
  return client.makeServerStreamRequest(
    definition.path,
    definition.requestSerialize,
    inspected(definition.responseDeserialize, method.output, options.inspect),
    create(method.input, request as never),
    options.metadata,
    options.callOptions ?? {},
  ) as ClientReadableStream<MessageShape<OutputOf<Service, Name>>>;
}

/** The metadata that every call of the contract carries. */
export function tokenMetadata(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

function methodOf(service: GenService<GenServiceMethods>, name: string) {
  const method = service.methods.find((candidate) => candidate.localName === name);
  if (!method) throw new TypeError(`${service.typeName} has no method ${name}`);
  return method;
}

function inspected(
  deserialize: (bytes: Buffer) => Message,
  desc: DescMessage,
  inspect: Inspection | undefined,
): (bytes: Buffer) => Message {
  if (!inspect) return deserialize;
  return (bytes) => {
    inspect(desc, bytes);
    return deserialize(bytes);
  };
}
