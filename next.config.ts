import type { NextConfig } from 'next';

/**
 * Next only renders pages, behind the server's front door: API, event streams and downloads never pass through it,
 * and the server alone decides on headers and compression.
 */
const config: NextConfig = {
  typescript: { tsconfigPath: 'app/tsconfig.json' },
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `next dev` is not to write instruction files into the repository.
  agentRules: false,
};

export default config;
