import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

/**
 * The rooms of the house (docs/architecture.md). These four know no other room as code: the widget knows the Functions
 * as HTTP, the emulator reads the Flow in infra/studio as data. scripts, test and bench may use all.
 */
const ROOMS = ['src', 'widget', 'emulator', 'infra', 'scripts', 'test', 'bench'];

const otherRooms = (room) =>
  ROOMS.filter((other) => other !== room).map((other) => ({
    regex: `^(\\.\\./)+${other}/`,
    message: `${room} may not know ${other}: arrows between rooms run one way (docs/architecture.md).`,
  }));

const arrow = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const arrows = ['src', 'widget', 'emulator', 'infra'].map((room) =>
  arrow([`${room}/**/*.{ts,tsx,mjs}`], otherRooms(room)),
);

/** Inside the widget: the state is pure, and the view draws it without knowing where it comes from. */
const widgetArrows = [
  arrow(
    ['widget/state/**'],
    [
      ...otherRooms('widget'),
      { regex: '^(?!\\./)', message: 'The state knows nothing but itself: no DOM, no SDK, no package.' },
    ],
  ),
  arrow(
    ['widget/view/**'],
    [
      ...otherRooms('widget'),
      {
        regex: '^(\\.\\./)+(transport/|chat/(?!chat-client$))|^@twilio/',
        message: 'The view speaks to a ChatClient, never to Twilio or our Functions.',
      },
    ],
  ),
];

export default tseslint.config(
  {
    ignores: [
      'dist',
      'build',
      'node_modules',
      'coverage',
      '.emulator',
      'test/contract/node_modules',
      '**/.next',
      '**/next-env.d.ts',
      'examples/*/dist',
    ],
  },
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
  ...widgetArrows,
  {
    files: ['src/**/*.ts'],
    rules: {
      // What is only sometimes needed is loaded late: `require('…') as typeof import('…')`.
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // What is imported must be a private asset (`scripts/build/compile-src.ts` gives each import its key).
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\.{1,2}/.*(?<!\\.private)$', message: 'Only private assets can be imported.' },
          ],
        },
      ],
    },
  },
  { files: ['scripts/**', 'infra/**', 'bench/**', 'emulator/cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['*.js', '{test,bench}/**/*.{ts,cjs}'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
