import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';

/**
 * Where `npm run dev` finds the game server, as `http://127.0.0.1:PORT`. Everything that is not the client's own source
 * is passed on to it.
 */
const server = process.env.CHATMUX_SERVER;

/** Colyseus opens its WebSocket at /PROCESSID/ROOMID, both nine letters of its own alphabet. */
const ROOM_SOCKET = '^/[A-Za-z0-9_-]{9}/[A-Za-z0-9_-]{9}(\\?.*)?$';

function proxyTo(target: string): Record<string, ProxyOptions> {
  return {
    '/matchmake': { target },
    '/worlds': { target },
    '/healthz': { target },
    '/readyz': { target },
    '/api': { target },
    [ROOM_SOCKET]: { target, ws: true },
  };
}

export default defineConfig({
  plugins: [react()],
  server: { strictPort: true, ...(server === undefined ? {} : { proxy: proxyTo(server) }) },
  preview: { strictPort: true },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Nothing travels as a data: address, so that the content policy may stay at 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A group takes only what it names: otherwise React, which fiber needs, would end up behind three.
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|zustand|use-sync-external-store)\//,
              priority: 3,
            },
            {
              name: 'three',
              test: /node_modules\/(three|three-stdlib|@react-three|camera-controls|maath|its-fine|react-use-measure|suspend-react|react-reconciler|stats-gl|troika[^/]*)\//,
              priority: 2,
            },
            {
              name: 'mediasoup',
              test: /node_modules\/(mediasoup-client|sdp-transform|h264-profile-level-id|ua-parser-js|awaitqueue|fake-mediastreamtrack)\//,
              priority: 2,
            },
          ],
        },
      },
    },
  },
});
