import {
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import type { Token } from '../token.ts';
import type { ConnectionGate } from './connection-gate.ts';

const scheme = 'Bearer ';

/**
 * Refuses a call without the token when its headers arrive, before a byte of its body is read: a body in one-byte
 * frames costs a hundred times its size in memory.
 */
export function requireToken(token: Token, gate: ConnectionGate): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(
      call,
      new ResponderBuilder()
        .withStart((next) => {
          const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, proceed) => {
            const offered = metadata.get('authorization').map(String).at(0) ?? '';
            if (!offered.startsWith(scheme) || !token.matches(offered.slice(scheme.length))) {
              call.sendStatus({ code: status.UNAUTHENTICATED, details: 'A valid token is required.' });
              return;
            }
            const { remoteAddress, remotePort } = call.getConnectionInfo();
            gate.authorize(remoteAddress, remotePort);
            proceed(metadata);
          });
          next(listener.build());
        })
        .build(),
    );
}
