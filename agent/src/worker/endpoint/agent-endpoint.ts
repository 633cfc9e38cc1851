import { readFile } from 'node:fs/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { AgentRefused } from '../../errors.ts';
import type { EndpointSettings } from '../../thread-contract.ts';
import type { Token } from '../token.ts';
import { within } from '../within.ts';
import { type AgentParts, agentService, agentServiceDefinition } from './agent-service.ts';
import { requireToken } from './authorization.ts';
import { ConnectionGate } from './connection-gate.ts';

const shutdownGraceMs = 500;

/** The gRPC server of the agent. */
export class AgentEndpoint {
  readonly #server: Server;
  readonly #gate: ConnectionGate;
  /** host:port to be dialled. */
  readonly address: string;
  readonly speaksTls: boolean;

  private constructor(server: Server, gate: ConnectionGate, address: string, speaksTls: boolean) {
    this.#server = server;
    this.#gate = gate;
    this.address = address;
    this.speaksTls = speaksTls;
  }

  /** @throws {AgentRefused} cannot-listen */
  static async listen(settings: EndpointSettings, token: Token, parts: AgentParts): Promise<AgentEndpoint> {
    const credentials = await readCredentials(settings);
    const gate = new ConnectionGate((socket) => injector.injectConnection(socket));
    const server = new Server({
      'grpc.max_concurrent_streams': 16,
      // The largest request confirms a thousand targets.
      'grpc.max_receive_message_length': 512 * 1024,
      'grpc.enable_channelz': 0,
      'grpc.keepalive_time_ms': 20_000,
      'grpc.keepalive_timeout_ms': 10_000,
      'grpc.keepalive_permit_without_calls': 1,
      'grpc-node.max_session_memory': 10,
      interceptors: [requireToken(token, gate)],
    });
    server.addService(agentServiceDefinition(), agentService(parts));
    const injector = server.createConnectionInjector(credentials);
    const { host, port } = settings;
    try {
      const bound = await gate.listen(host, port);
      const dialled = settings.advertisedHost ?? host;
      const address = dialled.includes(':') ? `[${dialled}]:${bound}` : `${dialled}:${bound}`;
      return new AgentEndpoint(server, gate, address, settings.tls !== undefined);
    } catch (error) {
      gate[Symbol.dispose]();
      server.forceShutdown();
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new AgentRefused('cannot-listen', `The agent cannot listen on ${host}:${port}: ${code}.`);
    }
  }

  /** Lets calls end for half a second, then ends them. */
  async close(): Promise<void> {
    await within(shutdownGraceMs, new Promise<void>((resolve) => this.#server.tryShutdown(() => resolve())));
    this.#server.forceShutdown();
    this.#gate[Symbol.dispose]();
  }
}

async function readCredentials({ tls }: EndpointSettings): Promise<ServerCredentials> {
  if (!tls) return ServerCredentials.createInsecure();
  const read = async (path: string, variable: string) => {
    try {
      return await readFile(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new AgentRefused('cannot-listen', `The file ${path} (${variable}) cannot be read: ${code}.`);
    }
  };
  const certificate = await read(tls.certFile, 'OPSCENTER_AGENT_TLS_CERT');
  const key = await read(tls.keyFile, 'OPSCENTER_AGENT_TLS_KEY');
  return ServerCredentials.createSsl(null, [{ cert_chain: certificate, private_key: key }]);
}
