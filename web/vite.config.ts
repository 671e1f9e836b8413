import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server checks that a socket's Origin is its Host, so the proxy leaves both as the browser sent them
const server = process.env['STRATEGOS_URL'] ?? 'http://127.0.0.1:3000';

const BASE = /node_modules[\\/](?:react|react-dom|scheduler|urql|@urql|wonka|@0no-co|clsx|@tanstack[\\/](?!react-virtual|virtual))/;

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      '/api': server,
      '/graphql': { target: server, ws: true },
      '/health': server,
      '/openapi': server,
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    // The policy allows no `data:` scripts or fonts, and small files cost nothing from the own host
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs is one file: it compresses better than its parts
        advancedChunks: { groups: [{ name: 'base', test: BASE }] },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
