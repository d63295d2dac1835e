/**
 * No file knows itself through others, by values or by types: what stands in a circle can be neither read nor tested
 * alone. ESLint holds which room may know which (eslint.config.mjs).
 */
module.exports = {
  forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^|/)(node_modules|dist|build)/' },
  },
};
