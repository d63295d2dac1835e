import { execFileSync } from 'node:child_process';
import { curlFor } from '../../../emulator/desk/page/curl';
import type { TimelineEntry } from '../../../emulator/desk/page/state/timeline';

const CREDENTIALS = { accountSid: 'AC1', authToken: 'secret' };

function aRequest(detail: object, kind: TimelineEntry['kind'] = 'request'): TimelineEntry {
  return {
    id: 1,
    at: 0,
    step: '4',
    conversationSid: 'CH1',
    kind,
    product: 'Conversations',
    title: 'POST …',
    summary: '',
    detail: {
      request: 'POST https://conversations.twilio.com/v1/Conversations/CH1/Messages',
      form: {},
      query: {},
      headers: {},
      ...detail,
    },
  };
}

/** The arguments that a shell passes to curl. */
function argumentsOf(command: string | null): string[] {
  const script = command!.replace(/^curl/, "printf '%s\\0'");
  return execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1);
}

describe('A request as curl', () => {
  it('goes to the emulator with the credentials of the account', () => {
    const command = curlFor(aRequest({ query: { PageSize: '5' } }), CREDENTIALS, 'http://127.0.0.1:4010');

    expect(argumentsOf(command)).toEqual([
      '-X',
      'POST',
      'http://127.0.0.1:4010/conversations.twilio.com/v1/Conversations/CH1/Messages?PageSize=5',
      '-u',
      'AC1:secret',
    ]);
  });

  it.each(["it's", '$(rm -rf /) `x` "y" \\', 'two\nlines', "'; echo gone; '"])(
    'passes %j on unchanged',
    (text) => {
      const command = curlFor(aRequest({ form: { Body: text } }), CREDENTIALS, 'http://127.0.0.1:4010');

      expect(argumentsOf(command).slice(-2)).toEqual(['--data-urlencode', `Body=${text}`]);
    },
  );

  it('keeps lists, and only the headers that change the effect of a call', () => {
    const command = curlFor(
      aRequest({
        form: { 'Configuration.Filters': ['onMessageAdded', 'onMessageUpdated'] },
        headers: { 'x-twilio-webhook-enabled': 'true', 'user-agent': 'x', authorization: 'Basic AC1:***' },
      }),
      CREDENTIALS,
      'http://127.0.0.1:4010',
    );

    expect(argumentsOf(command).slice(5)).toEqual([
      '-H',
      'x-twilio-webhook-enabled: true',
      '--data-urlencode',
      'Configuration.Filters=onMessageAdded',
      '--data-urlencode',
      'Configuration.Filters=onMessageUpdated',
    ]);
  });

  it('exists only for requests', () => {
    expect(curlFor(aRequest({}, 'event'), CREDENTIALS, 'http://127.0.0.1:4010')).toBeNull();
  });
});
