/** What `createChat` answers to options that cannot work: an error that names the option, at once. */
import { createChat, type ChatOptions } from '../../../widget/chat/create-chat';

const functionsUrl = 'https://flex-custom-chat-1234-prod.twil.io';

it.each<[string, unknown]>([
  ['functionsUrl', undefined],
  ['functionsUrl', {}],
  ['functionsUrl', { functionsUrl: '' }],
  ['functionsUrl', { functionsUrl: null }],
  ['functionsUrl', { functionsUrl: 3000 }],
  ['functionsUrl', { functionsUrl: 'localhost:3000' }],
  ['functionsUrl', { functionsUrl: '/chat' }],
  ['functionsUrl', { functionsUrl: 'https://' }],
  ['functionsUrl', { functionsUrl: 'https://shop.example?chat' }],
  ['functionsUrl', { functionsUrl: new URL('https://shop.example') }],
  ['remember', { functionsUrl, remember: 'forever' }],
  ['userToken', { functionsUrl, userToken: 7 }],
  ['humanCheck', { functionsUrl, humanCheck: 'turnstile' }],
])('createChat names %s: %j', (option, options) => {
  const call = (): unknown => createChat(options as ChatOptions);

  expect(call).toThrow(TypeError);
  expect(call).toThrow(
    expect.objectContaining({
      name: 'OptionError',
      option,
      message: expect.stringMatching(`^createChat: ${option} `),
    }),
  );
});

it.each([functionsUrl, `${functionsUrl}/`, 'http://localhost:3000', 'https://shop.example/chat/'])(
  'createChat takes %s',
  (url) => {
    expect(() => createChat({ functionsUrl: url, remember: 'none' }).destroy()).not.toThrow();
  },
);
