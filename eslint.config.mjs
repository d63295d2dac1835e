import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

/** The rooms of the house, and what each may import (docs/architecture.md). Everything not named here is forbidden. */
const ROOMS = ['src', 'widget', 'emulator', 'infra', 'scripts', 'test', 'bench'];
const mayImport = {
  src: [],
  widget: [],
  emulator: [], // reads the Flow in infra/studio as data, never as code
  infra: [],
  scripts: ['emulator', 'infra'],
};

const arrows = Object.entries(mayImport).map(([room, allowed]) => ({
  files: [`${room}/**/*.{ts,tsx,mjs}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: ROOMS.filter((other) => other !== room && !allowed.includes(other)).map((other) => ({
          regex: `^(\\.\\./)+${other}/`,
          message: `${room} may not know ${other}: arrows between rooms run one way (docs/architecture.md).`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'build', 'node_modules', 'coverage', '.emulator', 'test/contract/node_modules'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...arrows,
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      // A relative value import works locally but not in the cloud, where each file is stored under its version SID.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['./*', '../*'],
              allowTypeImports: true,
              message: 'Load private assets with require(Runtime.getAssets()[...].path).',
            },
          ],
        },
      ],
    },
  },
  { files: ['scripts/**', 'infra/**', 'bench/**', 'emulator/cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['*.js', 'test/**/*.{ts,cjs}', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
