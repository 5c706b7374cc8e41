import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // every core: the default leaves one free
    maxWorkers: '100%',
    // a slow machine fails nothing
    testTimeout: 60_000,
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'corpus/**/*.test.ts',
      'docs/**/*.test.ts',
    ],
    reporters: ['default', './scripts/count-reporter.ts'],
  },
});
