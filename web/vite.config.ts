import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server checks that an Origin is its Host, so the proxy leaves both as the browser sent them
const server = { target: process.env['STRATEGOS_URL'] ?? 'http://127.0.0.1:3000' };

/** Whole names: what only begins with `react-` serves dialogs, which nobody has opened yet; who edits nothing has nothing to lose by leaving. */
const BASE = /node_modules[\\/](?:(?:react|react-dom|scheduler|use-sync-external-store|urql|@urql|wonka|@0no-co|clsx)[\\/]|@tanstack[\\/](?!react-virtual|virtual|react-router[\\/]dist[\\/]esm[\\/]useBlocker))/;

/** What the frame and the overview are drawn with. */
const FRAME = /node_modules[\\/]@mantine[\\/]core[\\/]esm[\\/](?:core|components[\\/](?:Alert|Anchor|Button|CloseButton|Group|Loader|Skeleton|Stack|Text|Title|Transition|UnstyledButton))[\\/]/;

/** Small things that the frame and the overview share with every page: in the frame's file, where they pack better than in one of their own. */
const SHARED = /[\\/]src[\\/](?:json[\\/](?:value|exact-number)|graphql[\\/]graphql|live[\\/](?:position|seen-position)|text[\\/]plural|routing[\\/]search|time[\\/]soon|session[\\/](?:ended|session)|event[\\/](?:EventList|StreamLink|stream-types))\.tsx?$/;

/** The page, and what it shares with the dialog that is opened when a session has ended. */
const SIGN_IN = /[\\/]src[\\/]pages[\\/]login[\\/](?!SignInAgain)/;

/** What the frame has no use for and most pages do: two files in place of many, as the first visit loads the names of all. */
const HOOKS = /node_modules[\\/]@mantine[\\/]hooks[\\/]/;
const CONTROLS = /node_modules[\\/]@mantine[\\/]core[\\/]esm[\\/]components[\\/](?:Badge|CheckIcon|Checkbox|InlineInput|Input|InputBase|List|NativeSelect|Progress|Radio|SimpleGrid|TextInput|Textarea|SegmentedControl|Tabs)[\\/]/;

export default defineConfig({
  plugins: [react()],
  // React has had what the shim fills in since before the one we use
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' }] },
  server: {
    proxy: {
      '/api': server,
      '/graphql': { ...server, ws: true },
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
        // What every page needs is two files: they compress better than their parts
        codeSplitting: {
          groups: [
            { name: 'base', test: BASE },
            { name: 'frame', test: new RegExp(`${FRAME.source}|${SHARED.source}`) },
            { name: 'sign-in', test: SIGN_IN },
            { name: 'hooks', test: HOOKS },
            { name: 'controls', test: CONTROLS },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
