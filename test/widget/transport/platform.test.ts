import { parsePlatform } from '../../../widget/transport/platform';

/** The package whose place ours takes in the bundle; it comes with the SDK. */
const platform = require('platform') as { parse(userAgent: string): ReturnType<typeof parsePlatform> };

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1';

it.each([
  ['Chrome on Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/156.0.0.0 Safari/537.36`],
  [
    'Chrome on a Mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/156.0.0.0 Safari/537.36`,
  ],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/156.0.0.0 Safari/537.36`],
  ['Chrome on Android', `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36`],
  [
    'Edge on a Mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
  ],
  [
    'Edge',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
  ],
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0'],
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0'],
  ['Safari on a Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`],
  [
    'Safari on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
  ],
  ['Safari on an iPad', `Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`],
])('the SDK reports %s to Twilio as it does with its own package', (_browser, userAgent) => {
  const { name, version, os } = platform.parse(userAgent);
  const { family, version: osVersion, architecture } = os;

  expect(parsePlatform(userAgent)).toEqual({
    name,
    version,
    os: { family, version: osVersion, architecture },
  });
});

it('a browser that it does not know is one all the same', () => {
  expect(parsePlatform('Something/1.0')).toMatchObject({ name: null, version: null, os: { family: null } });
});
