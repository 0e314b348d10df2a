import { defineConfig } from 'vitest/config'

/** Tests stand beside the files they test. No retries: a test that passes the second time has found something. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'examples/**'],
    retry: 0,
    // Last resorts: nothing is decided by time, and a loaded machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
