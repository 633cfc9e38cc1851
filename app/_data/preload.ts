import { preload } from 'react-dom';

/**
 * The browser asks for the services while it still reads the page, and not only once the scripts run. It must be the very
 * request that `getJson` makes (mode and credentials), or it is made twice.
 */
export function preloadServices(): void {
  preload('/api/v1/services', { as: 'fetch', crossOrigin: 'anonymous' });
}
