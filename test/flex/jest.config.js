// eslint-disable-next-line @typescript-eslint/no-require-imports -- as Jest reads it
const project = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/flex'],
  testPathIgnorePatterns: [],
  // Flex UI is 18 MB for the browser to read, once for each agent, and a busy machine takes its time.
  testTimeout: 300_000,
};
