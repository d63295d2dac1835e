import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';
import { plainWords } from './scripts/lint/plain-words.mjs';

/**
 * The rooms of the house (docs/architecture.md). These four know no other room as code, except that infra reads the one
 * table of settings and the names of Conversations: the widget knows the Functions as HTTP, the emulator reads the Flow in infra/studio as data.
 * scripts, test and bench may use all.
 */
const ROOMS = ['src', 'widget', 'emulator', 'infra', 'scripts', 'test', 'bench'];

const READ_BY_INFRA = '(?!assets/settings/|assets/chat/conversation-name\\.private$)';

const otherRooms = (room) =>
  ROOMS.filter((other) => other !== room).map((other) => ({
    regex: `^(\\.\\./)+${other}/${room === 'infra' && other === 'src' ? READ_BY_INFRA : ''}`,
    message: `${room} may not know ${other}: arrows between rooms run one way (docs/architecture.md).`,
  }));

const arrow = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const arrows = ['src', 'widget', 'emulator', 'infra'].map((room) =>
  arrow([`${room}/**/*.{ts,tsx,mjs}`], otherRooms(room)),
);

/** Inside src: infra uses the settings as well, so nothing may come with them. */
const settingsArrow = arrow(
  ['src/assets/settings/**'],
  [{ regex: '^(?!\\./|node:)', message: 'The settings know nothing but themselves: infra uses them too.' }],
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

/**
 * Inside the emulator: which product knows which (docs/architecture.md). All may know core; world.ts, emulator.ts, cli.ts
 * and controls/ wire or move the whole and know what they need.
 */
const PRODUCTS = {
  core: [],
  iam: [],
  taskrouter: ['iam'],
  sync: [],
  content: [],
  proxy: [],
  conversations: ['iam', 'content'],
  flex: ['conversations', 'iam', 'taskrouter'],
  studio: ['conversations', 'flex'],
  realtime: ['conversations', 'iam'],
  serverless: ['proxy'],
  desk: ['conversations', 'flex', 'iam', 'realtime', 'studio', 'taskrouter'],
};

/** As many steps up as the folder is deep: `realtime/sync` is another room than `sync`. */
const emulatorArrows = Object.entries(PRODUCTS).flatMap(([product, known]) => {
  const others = [
    ...Object.keys(PRODUCTS),
    'controls',
    'world',
    'emulator',
    'index',
    'package',
    'cli',
    'cli-options',
    'seed',
    'state-files',
  ].filter((other) => other !== product && other !== 'core' && !known.includes(other));
  return [1, 2, 3, 4].map((depth) =>
    arrow(
      [`emulator/${product}${'/*'.repeat(depth)}.{ts,tsx,mjs}`],
      [
        ...otherRooms('emulator'),
        {
          regex: `^(\\.\\./){${depth}}(${others.join('|')})(/|$)`,
          message: `${product} may not know this product (docs/architecture.md, "Who knows whom inside the emulator").`,
        },
      ],
    ),
  );
});

export default tseslint.config(
  {
    ignores: [
      'dist',
      'emulator/dist',
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
    plugins: { house: { rules: { 'plain-words': plainWords } } },
    rules: {
      'house/plain-words': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...arrows,
  settingsArrow,
  ...widgetArrows,
  ...emulatorArrows,
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
  { files: ['scripts/**', 'infra/**', 'bench/**', 'emulator/cli*.ts'], rules: { 'no-console': 'off' } },
  // Functions as Twilio runs them.
  {
    files: ['examples/bot/**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
  },
  {
    files: ['*.js', '{test,bench}/**/*.{ts,cjs}', 'scripts/**/*.cjs', 'scripts/build/declared-functions.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**/*.test.ts', 'test/support/**'],
    ignores: ['test/contract/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'CallExpression[callee.name=/^(it|test)$/][arguments.length>2]',
          'CallExpression[callee.callee.property.name="each"][callee.callee.object.name=/^(it|test)$/][arguments.length>2]',
          'CallExpression[callee.name=/^(before|after)(All|Each)$/][arguments.length>1]',
          'CallExpression[callee.property.name=/^set(Default)?Timeout$/] > Literal',
          'Property[key.name="timeout"] > Literal[value>=5000][value<=600000]',
        ].map((selector) => ({
          selector,
          message: 'Tests check what happens, not how fast: use the HANGING_MS of test/support.',
        })),
      ],
    },
  },
  prettier,
);
