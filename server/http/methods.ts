import type { HTTPMethods } from 'fastify';
import type { Api } from './api.ts';
import { MethodNotAllowed } from './errors.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Makes every route say which methods it knows when it is asked with another (405 and `Allow`), instead of denying that
 * it exists. Call it before the routes are added; what it returns, after.
 */
export function refuseOtherMethods(app: Api): () => void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    known.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...known]) {
      const others = METHODS.filter((name) => !methods.has(name));
      const allowed = [...methods];
      app.route({
        url,
        method: others,
        schema: { hide: true },
        handler: async (request) => {
          throw new MethodNotAllowed(request.method, allowed);
        },
      });
    }
  };
}
