/**
 * examples/demo-react, called as the client of that project calls it, and by others. Source:
 * twilio/twilio-conversations-demo-react f953093, src/api.ts (getToken) and src/components/login/login.tsx
 */
import { Client } from '@twilio/conversations-2';
import { nobodyConnected } from '../support/chats';
import { useFunctions, type StartedChat } from '../support/functions-world';
import { accessToken, REFUSED_USER_TOKENS, userToken, visitorIdentity } from '../support/tokens';

const SECRET = 'the host site shares this secret';
const NO_SUCH_USER = 'Unknown user, or the sign-in has expired';

describe('the client of twilio-conversations-demo-react', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET });
  let identity: string;

  beforeEach(async () => {
    world.env['ALLOWED_ORIGINS'] = 'https://shop.example';
    ({ identity } = (
      await world.post<StartedChat>(
        '/token',
        { userToken: userToken(SECRET) },
        { origin: 'https://shop.example' },
      )
    ).body);
    world.takeLog();
  });

  /** A simple GET with the only header that its HTTP library sets; the browser adds the origin. */
  async function ask(search: string, headers: Record<string, string> = { origin: 'https://shop.example' }) {
    const response = await fetch(`${world.functions.url}/token-service${search}`, {
      headers: { Accept: 'application/json, text/plain, */*', ...headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  const search = (params: Record<string, string>) => `?${new URLSearchParams(params)}`;
  const signIn = (password = userToken(SECRET), as = identity) => ask(search({ identity: as, password }));
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
      exp: number;
      iat: number;
      grants: object;
    };

  it('gets the bare token', async () => {
    const { status, headers, text } = await signIn();

    expect(status).toBe(200);
    expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(claimsOf(text).grants).toEqual({
      identity,
      chat: { service_sid: world.env['CONVERSATIONS_SERVICE_SID'] },
    });
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(world.takeCalls()).toEqual([]);
  });

  it('finds in its SDK the chat that the site has started for the user, and its own messages', async () => {
    const { body: chat } = await world.post<StartedChat>(
      '/start-chat',
      { userToken: userToken(SECRET), message: 'hello' },
      { origin: 'https://shop.example' },
    );
    const { text: token } = await signIn();

    const client = new Client(token, {
      Twilsock: { uri: world.env['TWILIO_REALTIME_URL']! },
      httpCacheIntervalOverride: 'PT1S',
    } as object);
    const joined = await new Promise<{ sid: string }>((resolve) => client.on('conversationJoined', resolve));
    const conversation = await client.getConversationBySid(joined.sid);
    const { items } = await conversation.getMessages();

    expect(joined.sid).toBe(chat.conversationSid);
    // It compares with the user name that it has stored.
    expect(items.map(({ author }) => author)).toEqual([identity]);
    await client.shutdown();
    await nobodyConnected(world);
  });

  it('has a token as long as the settings say, though the password expires sooner', async () => {
    world.env['TOKEN_TTL_SECONDS'] = '86400';

    const { exp, iat } = claimsOf((await signIn()).text);

    expect(exp - iat).toBe(86_400);
  });

  it('has the signed data of the user in later calls', async () => {
    const { text: token } = await signIn(userToken(SECRET, { claims: { name: 'Ada Lovelace' } }));

    const { body } = await world.post<StartedChat>(
      '/start-chat',
      { token },
      { origin: 'https://shop.example' },
    );

    expect(world.conversation(body.conversationSid).friendlyName).toBe('Ada Lovelace');
  });

  describe('shows the text of a 401 for', () => {
    it.each([
      ['nothing', ''],
      ['empty fields', '?identity=&password='],
      ['no password', `?identity=${`user-${'A'.repeat(43)}`}`],
    ])('%s', async (_case, query) => {
      expect(await ask(query)).toMatchObject({ status: 401, text: NO_SUCH_USER });
    });

    it.each(REFUSED_USER_TOKENS)('a userToken %s', async (_case, wishes) => {
      const password = userToken(wishes.algorithm === 'none' ? '' : SECRET, wishes);

      expect(await signIn(password)).toMatchObject({ status: 401, text: NO_SUCH_USER });
    });

    it('a userToken of another key, an Access Token, and a password', async () => {
      const passwords = [
        userToken('x'.repeat(32)),
        accessToken(world.env),
        accessToken(world.env, { identity }),
        'secret',
      ];

      for (const password of passwords) {
        expect(await signIn(password)).toMatchObject({ status: 401, text: NO_SUCH_USER });
      }
    });

    it('an identity that is not of the same user', async () => {
      const identities = [
        'customer-4711',
        'customer',
        visitorIdentity(),
        `user-${'A'.repeat(43)}`,
        `${identity} `,
      ];

      for (const one of identities) {
        expect(await signIn(userToken(SECRET), one)).toMatchObject({ status: 401, text: NO_SUCH_USER });
      }
    });

    it('every user, if no key is set', async () => {
      delete world.env['USER_TOKEN_SECRET'];

      expect(await signIn()).toMatchObject({ status: 401, text: NO_SUCH_USER });
    });

    afterEach(() => expect(world.takeCalls()).toEqual([]));
  });

  it('can read a 401 only on an allowed origin', async () => {
    expect((await ask('')).headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  it.each(['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'null', ''])(
    'gets nothing on the origin "%s"',
    async (origin) => {
      const answer = await ask(search({ identity, password: userToken(SECRET) }), { origin });

      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.text).not.toMatch(/\./);
    },
  );

  it('needs no origin where it is served by the deployment itself, whose browsers send none', async () => {
    expect((await ask(search({ identity, password: userToken(SECRET) }), {})).status).toBe(200);
  });

  it.each([
    'role=admin',
    'request=x',
    'request[headers][origin]=https://shop.example',
    'constructor=x',
    'identity=a&identity=b',
    'identity[a]=b',
    'password[]=x',
  ])('gets a 400 with ?%s', async (query) => {
    const { status, headers } = await ask(`${search({ password: userToken(SECRET) })}&${query}`);

    expect([status, headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
  });

  it('gets a 500 without settings, and the log names them', async () => {
    world.env['TWILIO_API_KEY_SID'] = '';

    expect((await signIn()).status).toBe(500);
    expect(JSON.stringify(world.takeLog())).toContain('TWILIO_API_KEY_SID');
  });

  it('leaves neither identity nor password in the log', async () => {
    const password = userToken(SECRET);
    await signIn(password);
    await signIn(password, 'ada@example.com');
    await ask(`?${password}=ada@example.com`);

    const log = JSON.stringify(world.takeLog());
    expect(log.match(/call\.answered/g)).toHaveLength(3);
    for (const secret of [password, identity, 'ada@']) expect(log).not.toContain(secret);
  });
});
