import { defineConfig } from 'vitest/config';

const NEVER = ['**/node_modules/**', '**/dist/**'];
const INTEGRATION = '**/*.integration.test.ts';
const BROWSER = 'load-tests/src/browser/**/*.browser.test.ts';
/** A machine with much else to do is slow, and not wrong. */
const PATIENCE = { testTimeout: 30_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NEVER, INTEGRATION, BROWSER],
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: [INTEGRATION],
          exclude: NEVER,
          ...PATIENCE,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: [BROWSER],
          exclude: NEVER,
          // Two browsers with sound and 3D fill a small machine: one file at a time.
          fileParallelism: false,
          ...PATIENCE,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
