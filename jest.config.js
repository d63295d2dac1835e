const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/contract/', '<rootDir>/test/examples/', '<rootDir>/test/flex/'],
  // The examples that are copied into src/functions: their imports are those of that folder, as for the compiler (rootDirs).
  moduleNameMapper: { '^\\.\\./assets/([\\w-]+/[\\w-]+\\.private)$': '<rootDir>/src/assets/$1' },
  transform: {
    // Types are checked by `npm run typecheck`; here they are only stripped (isolatedModules).
    '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }],
  },
  // What the run logs is collected, and searched at its end for what may not be there.
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFiles: ['<rootDir>/test/support/runtime.ts'],
  clearMocks: true,
  // One more than cores, because tests also wait. Jest itself would keep one core free. (A share above 100 % is taken for a number.)
  maxWorkers: availableParallelism() + 1,
  // Each file leaves some memory behind. A worker that starts again costs less than the garbage collector of a large heap.
  workerIdleMemoryLimit: '800MB',
  // For a test that hangs. Tests check what happens, not how fast (HANGING_MS in test/support).
  testTimeout: 600_000,
  collectCoverageFrom: ['src/**/*.ts', 'emulator/**/*.ts', 'widget/**/*.ts'],
};
