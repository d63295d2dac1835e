/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/contract/'],
  transform: {
    // Types are checked by `npm run typecheck`; here they are only stripped (isolatedModules).
    '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }],
  },
  setupFiles: ['<rootDir>/test/support/runtime.ts'],
  clearMocks: true,
  testTimeout: 20_000,
  collectCoverageFrom: ['src/**/*.ts', 'emulator/**/*.ts', 'widget/**/*.ts'],
};
