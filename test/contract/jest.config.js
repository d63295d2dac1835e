/** @type {import('jest').Config} */
module.exports = {
  // The project, whose TypeScript ts-jest is to take: below this folder stands another one, of twilio-cli.
  rootDir: '../..',
  roots: ['<rootDir>/test/contract'],
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
  // twilio-cli takes a few seconds for each command, more on a busy machine.
  testTimeout: 120_000,
};
