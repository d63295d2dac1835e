/** The agent desk: a page where a person is the Flex agent, and the timeline beside it. */
import type { FastifyInstance } from 'fastify';
import type { Account } from '../core/account';
import type { ConversationsDomain } from '../conversations/domain';
import { SYSTEM } from '../conversations/model';
import type { Clock } from '../core/clock';
import { issueAccessToken } from '../iam/issue';
import { bundlePage } from './page-bundle';
import { registerTimelineStream } from './timeline/event-stream';
import type { Timeline } from './timeline/timeline';

/** The page and what it loads come from here alone; the SDK's WebSocket goes to the same address. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface DeskApi {
  account: Account;
  clock: Clock;
  conversations: ConversationsDomain;
  timeline: Timeline;
}

export function registerDesk(
  http: FastifyInstance,
  { account, clock, conversations, timeline }: DeskApi,
): void {
  http.get('/', async (_request, reply) => {
    const { html } = await bundlePage();
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(html);
  });
  http.get('/emulator/desk/desk.js', async (_request, reply) => {
    const { js } = await bundlePage();
    return reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(js);
  });
  http.get('/emulator/desk/desk.css', async (_request, reply) => {
    const { css } = await bundlePage();
    return reply.type('text/css; charset=utf-8').header('cache-control', 'no-store').send(css);
  });
  // The credentials are those of .env.emulator: public, fake, and good for this process only.
  http.get('/emulator/desk/token', async (request) => ({
    token: issueAccessToken(account, clock, account.workerName),
    identity: account.workerName,
    name: logIn(conversations, account),
    clientOptions: { Twilsock: { uri: `ws://${request.headers.host}/v3/wsconnect` } },
    workspaceSid: account.workspaceSid,
    workerSid: account.workerSid,
    accountSid: account.accountSid,
    authToken: account.authToken,
  }));
  registerTimelineStream(http, timeline);
}

/**
 * The agent's User gets their name at their first login.
 * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles. Guess: which name.
 */
function logIn({ users }: ConversationsDomain, { conversationsServiceSid, workerName }: Account): string {
  const user = users.ensure(conversationsServiceSid, workerName, SYSTEM);
  if (user.friendlyName === workerName) {
    const friendlyName = workerName[0]!.toUpperCase() + workerName.slice(1);
    users.update(user, { friendlyName }, SYSTEM);
  }
  return user.friendlyName;
}
