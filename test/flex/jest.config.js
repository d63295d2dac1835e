/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  roots: ['<rootDir>/test/flex'],
  testPathIgnorePatterns: [],
  // Flex UI is 18 MB for the browser to read, once for each agent, and a busy machine takes its time.
  testTimeout: 300_000,
};
