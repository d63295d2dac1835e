/** For any input: one answer of a known shape, no leak, and no call to Twilio without a valid token. */
import fc from 'fast-check';
import { ERRORS, type ErrorCode } from '../../src/assets/http/errors.private';
import { PARAMETER_NAMES, ATTACKED_PATHS } from '../support/functions';
import { useFunctions, type FailureBody } from '../support/functions-world';
import { accessToken } from '../support/tokens';

/** The parameters of Functions, and names that no Function accepts. */
const NAMES = [...PARAMETER_NAMES, 'request', 'constructor', '__proto__', 'identity'];
/** Enough to find problems with unusual types and texts; each run is several HTTP calls. */
const RUNS = 100;

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 300 }));
const anyValue = fc.oneof(anyText, fc.jsonValue({ maxDepth: 3 }));
const anyParams = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), anyText), anyValue, { maxKeys: 6 });
const anyHeaderText = fc.string({ unit: fc.constantFrom(...'abcXYZ019:/.*-; =,'), maxLength: 60 });

describe('for any input', () => {
  const world = useFunctions();

  const send = async (path: string, body: string, headers: Record<string, string>) => {
    const response = await fetch(world.functions.url + path, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  const checkAnswer = (answer: Awaited<ReturnType<typeof send>>, allowedOrigins: (string | null)[]) => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(allowedOrigins).toContain(answer.headers.get('access-control-allow-origin'));
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.private|Error:/);
    const body = JSON.parse(answer.text) as FailureBody;
    if (answer.status < 300) return;
    const { code, message, retryable, requestId } = body.error;
    expect(Object.keys(body.error).sort()).toEqual(['code', 'message', 'requestId', 'retryable']);
    expect(ERRORS[code as ErrorCode]).toMatchObject({ status: answer.status, retryable });
    expect(message).not.toBe('');
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.status).toBeLessThan(500);
  };

  /** If the caller overwrites the request, its origin is unknown, and no page may read the answer. */
  const originsKnownIn = (params: object) => {
    const isOverwritten = Object.hasOwn(params, 'request') || Object.hasOwn(params, '__proto__');
    return isOverwritten ? [null, world.functions.url] : [world.functions.url];
  };

  it.each(ATTACKED_PATHS)('%s answers, and does not call Twilio without a valid token', async (path) => {
    // Anonymous starts need no token, so only they could get further.
    world.env['ANONYMOUS_VISITORS'] = 'false';

    await fc.assert(
      fc.asyncProperty(anyParams, async (params) => {
        const headers = { 'content-type': 'application/json', origin: world.functions.url };
        const answer = await send(path, JSON.stringify(params), headers);

        checkAnswer(answer, originsKnownIn(params));
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(world.takeCalls()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it.each(ATTACKED_PATHS)('%s answers any input with a valid token', async (path) => {
    const token = accessToken(world.env);

    await fc.assert(
      fc.asyncProperty(anyParams, async (params) => {
        const headers = { 'content-type': 'application/json', origin: world.functions.url };

        const answer = await send(path, JSON.stringify({ ...params, token }), headers);

        checkAnswer(answer, originsKnownIn(params));
      }),
      { numRuns: RUNS },
    );
  });

  it('a form is answered like JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ATTACKED_PATHS),
        fc.array(fc.tuple(fc.constantFrom(...NAMES), anyText)),
        async (path, pairs) => {
          // Unpaired surrogates become U+FFFD, as in a browser's form.
          const wellFormed = pairs.map(([name, value]): [string, string] => [
            name,
            Buffer.from(value).toString(),
          ]);
          const headers = {
            'content-type': 'application/x-www-form-urlencoded',
            origin: world.functions.url,
          };

          const answer = await send(path, new URLSearchParams(wellFormed).toString(), headers);

          checkAnswer(answer, originsKnownIn(Object.fromEntries(pairs)));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('an unknown origin or content type is rejected', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ATTACKED_PATHS),
        anyHeaderText,
        anyHeaderText,
        async (path, origin, type) => {
          const answer = await send(path, '{}', {
            'content-type': `x-${type.trim()}`,
            origin: `x${origin.trim()}`,
          });

          checkAnswer(answer, [null]);
          expect([403, 415]).toContain(answer.status);
          expect(world.takeCalls()).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('accepted text is stored unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { status, body } = await world.post<{ conversationSid: string }>('/start-chat', {
          friendlyName: text,
          preChat: { topic: text },
        });

        if (status !== 200) return;
        const conversation = world.conversation(body.conversationSid);
        expect(conversation.friendlyName).toBe(text);
        expect(JSON.parse(conversation.attributes)).toMatchObject({
          pre_engagement_data: { friendlyName: text, topic: text },
        });
      }),
      { numRuns: RUNS },
    );
  });
});
