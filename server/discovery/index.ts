export type { DiscoveredTarget, DiscoveryEvents, DiscoverySource, LossReason } from './discovery-source.ts';
export { RegistrySource, type RegistrySourceOptions } from './registry-source.ts';
export { StaticSource, type StaticSourceOptions } from './static-source.ts';
