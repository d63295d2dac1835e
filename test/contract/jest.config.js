/** @type {import('jest').Config} */
module.exports = {
  // The project with the TypeScript for ts-jest: below this folder is another one, for twilio-cli.
  rootDir: '../..',
  roots: ['<rootDir>/test/contract'],
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
  // twilio-cli takes a few seconds for each command, more on a busy machine.
  testTimeout: 120_000,
};
