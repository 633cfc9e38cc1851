export type { DiscoveredTarget, DiscoveryEvents, DiscoverySource, LossReason } from './discovery-source.ts';
export type { HostPort } from './host-port.ts';
export { findIdentityMistake, findRuntimeMistake, identityKey, isText } from './identity.ts';
export { RegistrySource, type RegistrySourceOptions } from './registry-source.ts';
export { StaticSource, type StaticSourceOptions } from './static-source.ts';
