/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/examples'],
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  // The examples that are copied into src/functions: their imports are those of that folder, as for the compiler (rootDirs).
  moduleNameMapper: { '^\\.\\./assets/([\\w-]+/[\\w-]+\\.private)$': '<rootDir>/src/assets/$1' },
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
  // A build of Next takes a minute or two on a busy machine.
  testTimeout: 400_000,
};
