/** The checker of requests and answers: valid ones pass, and each violation is named. */
import { Specification } from './specification';

const sid = (kind: string): string => kind + 'a'.repeat(32);
const CONVERSATION = `/v1/Conversations/${sid('CH')}`;
const specification = new Specification();

/** A form as twilio-node sends it, to Conversations unless another host is given. */
function post(path: string, body: string, { host = 'conversations.twilio.com', headers = {} } = {}) {
  return specification.checkRequest({
    method: 'POST',
    host,
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
}

const get = (path: string): string[] =>
  specification.checkRequest({
    method: 'GET',
    host: 'conversations.twilio.com',
    path,
    headers: {},
    body: '',
  });

const STUDIO_WEBHOOK = `Target=studio&Configuration.FlowSid=${sid('FW')}`;
const CHANNEL = encodeURIComponent(
  JSON.stringify({ type: 'web', initiated_by: 'Customer', properties: { media_channel_sid: sid('CH') } }),
);
const ROUTING = encodeURIComponent(JSON.stringify({ properties: { workspace_sid: sid('WS') } }));
const FLEX = { host: 'flex-api.twilio.com' };

it.each([
  [
    'the guide’s Conversation',
    post('/v1/Conversations', `MessagingServiceSid=${sid('MG')}&FriendlyName=First`),
  ],
  [
    'the guide’s webhook',
    post(`${CONVERSATION}/Webhooks`, `${STUDIO_WEBHOOK}&Configuration.Filters=onMessageAdded`),
  ],
  [
    'two filters',
    post(
      `${CONVERSATION}/Webhooks`,
      `${STUDIO_WEBHOOK}&Configuration.Filters=onMessageAdded&Configuration.Filters=onMessageUpdated`,
    ),
  ],
  [
    'a message that reaches webhooks',
    post(`${CONVERSATION}/Messages`, 'Author=customer&Body=hello', {
      headers: { 'x-twilio-webhook-enabled': 'true' },
    }),
  ],
  ['the guide’s Interaction', post('/v1/Interactions', `Channel=${CHANNEL}&Routing=${ROUTING}`, FLEX)],
  ['the same below a named Service', post(`/v1/Services/${sid('IS')}/Conversations`, 'FriendlyName=First')],
  ['a page', get('/v1/Conversations?PageSize=50&State=active')],
])('finds no violation in %s', (_case, violations) => {
  expect(violations).toEqual([]);
});

it.each([
  ['an unknown target', post(`${CONVERSATION}/Webhooks`, 'Target=studioo'), 'Target must be equal to one of'],
  [
    'a Flow SID of the wrong form',
    post(`${CONVERSATION}/Webhooks`, 'Target=studio&Configuration.FlowSid=FWbad'),
    'Configuration.FlowSid must match pattern',
  ],
  ['no target', post(`${CONVERSATION}/Webhooks`, ''), "must have required property 'Target'"],
  ['no Flow', post(`${CONVERSATION}/Webhooks`, 'Target=studio'), 'Twilio refuses this with 50367'],
  ['no address', post(`${CONVERSATION}/Webhooks`, 'Target=webhook'), 'Twilio refuses this with 50369'],
  ['no keyword', post(`${CONVERSATION}/Webhooks`, 'Target=trigger'), 'Twilio refuses this with 50371'],
  [
    'an address that is too long',
    post(`${CONVERSATION}/Webhooks`, `Target=webhook&Configuration.Url=https://${'a'.repeat(512)}`),
    'Twilio refuses this with 50372',
  ],
  [
    'a filter that is not an event',
    post(`${CONVERSATION}/Webhooks`, `${STUDIO_WEBHOOK}&Configuration.Filters=onMessageAdd`),
    'Twilio refuses this with 50365',
  ],
  [
    'a misspelt parameter',
    post(`${CONVERSATION}/Webhooks`, `Target=studio&Configuration.FlowSId=${sid('FW')}`),
    'must NOT have additional properties: Configuration.FlowSId',
  ],
  [
    'text instead of a number',
    post(`${CONVERSATION}/Webhooks`, `${STUDIO_WEBHOOK}&Configuration.ReplayAfter=x`),
    'Configuration.ReplayAfter must be integer',
  ],
  [
    'a scalar given twice',
    post('/v1/Conversations', 'FriendlyName=a&FriendlyName=b'),
    'FriendlyName is given twice',
  ],
  [
    'a webhook SID of the wrong form',
    get(`${CONVERSATION}/Webhooks/WHbad`),
    'path Sid must match pattern "^WH[0-9a-fA-F]{32}$"',
  ],
  [
    'a header that is neither true nor false',
    post(`${CONVERSATION}/Messages`, 'Body=hello', { headers: { 'x-twilio-webhook-enabled': 'yes' } }),
    'header X-Twilio-Webhook-Enabled must be equal to one of the allowed values',
  ],
  ['a page that is too long', get('/v1/Conversations?PageSize=500'), 'query PageSize must be <= 100'],
  ['an unknown query', get('/v1/Conversations?Limit=5'), 'query Limit is unknown'],
  ['attributes that are not JSON', post('/v1/Conversations', 'Attributes={bad'), 'Attributes is not JSON'],
  [
    'attributes that are too long',
    post('/v1/Conversations', `Attributes={"a":"${'é'.repeat(8192)}"}`),
    'Twilio refuses this with 50303',
  ],
  ['a Channel that is not JSON', post('/v1/Interactions', 'Channel=web', FLEX), 'Channel is not JSON'],
  [
    'an Interaction without a Channel',
    post('/v1/Interactions', `Routing=${ROUTING}`, FLEX),
    "must have required property 'Channel'",
  ],
  [
    'a Conversation created as closed',
    post('/v1/Conversations', 'State=closed'),
    'Twilio refuses this with 50384',
  ],
  [
    'a timer without a state',
    post('/v1/Conversations', 'Timers.Closed=PT10M'),
    'Twilio refuses this with 50382',
  ],
  [
    'a unique name that looks like a SID, in a named Service too',
    post(`/v1/Services/${sid('IS')}/Conversations`, `UniqueName=${sid('CH')}`),
    'Twilio refuses this with 50390',
  ],
  [
    'an identity beside an address',
    post(`${CONVERSATION}/Participants`, 'Identity=a&MessagingBinding.Address=%2B15550100'),
    'Twilio refuses this with 50211',
  ],
  [
    'JSON instead of a form',
    post('/v1/Conversations', '{}', { headers: { 'content-type': 'application/json' } }),
    'content type application/json instead of application/x-www-form-urlencoded',
  ],
  ['an unknown path', post('/v1/Conversation', ''), 'no such operation'],
])('names the violation in %s', (_case, violations, expected) => {
  expect(violations.join('\n')).toContain(expected);
});

it('reports a body where Twilio accepts none', () => {
  const request = {
    method: 'DELETE',
    host: 'conversations.twilio.com',
    path: CONVERSATION,
    headers: {},
    body: 'a=b',
  };

  expect(specification.checkRequest(request)).toEqual([
    'the request has a body where the operation accepts none',
  ]);
});

describe('an answer', () => {
  /** Twilio's own example of a Conversation, for tests to break. */
  const example = (): Record<string, unknown> => {
    const operation = specification.find({
      method: 'GET',
      host: 'conversations.twilio.com',
      path: CONVERSATION,
    });
    const { examples } = operation!.responses['200']!.content!['application/json']!;
    return structuredClone(Object.values(examples!)[0]!.value) as Record<string, unknown>;
  };
  const answer = (status: number, body: unknown, method = 'GET'): string[] =>
    specification.checkResponse({
      method,
      host: 'conversations.twilio.com',
      path: CONVERSATION,
      headers: {},
      body: '',
      status,
      answer: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('passes unchanged', () => {
    expect(answer(200, example())).toEqual([]);
    expect(answer(204, '', 'DELETE')).toEqual([]);
  });

  it.each([
    ['a SID that is not hexadecimal', { sid: 'CHnothex' }, 'sid must match pattern'],
    ['an unknown state', { state: 'open' }, 'state must be equal to one of the allowed values'],
    ['a number instead of text', { friendly_name: 5 }, 'friendly_name must be string'],
    ['a date without time', { date_created: '2026-11-23' }, 'date_created must match format "date-time"'],
    ['an extra field', { unexpected: 1 }, 'must NOT have additional properties: unexpected'],
    ['a missing field', { attributes: undefined }, "must have required property 'attributes'"],
  ])('fails with %s', (_case, change, expected) => {
    expect(answer(200, { ...example(), ...change }).join('\n')).toContain(expected);
  });

  it('fails with a status, a body or a missing body that the operation does not have', () => {
    expect(answer(201, example())).toEqual(['status 201 instead of 200']);
    expect(answer(204, '{}', 'DELETE')).toEqual(['the answer has a body where the operation has none']);
    expect(answer(200, '')).toEqual(['the body is not JSON']);
  });

  it('to an invalid request must be Twilio’s error body', () => {
    const error = {
      code: 20404,
      message: 'The requested resource was not found',
      more_info: 'https://www.twilio.com/docs/errors/20404',
      status: 404,
    };

    expect(answer(404, error)).toEqual([]);
    expect(answer(404, { ...error, details: [{ message: 'why' }] })).toEqual([]);
    expect(answer(404, { ...error, status: 400 })).toEqual(['the error says status 400, the answer 404']);
    expect(answer(404, { ...error, code: '20404' })).toEqual(['the error has no code']);
    expect(answer(404, { ...error, message: undefined })).toEqual(['the error has no message']);
    expect(answer(404, { ...error, more_info: 'https://www.twilio.com' })).toEqual([
      'more_info is not the page of the code',
    ]);
    expect(answer(404, { ...error, stack: '…' })).toEqual(['the error has an unknown field stack']);
    expect(answer(502, 'Bad Gateway')).toEqual(['status 502 without an error body']);
  });
});
