/** The agent desk: a page where a person is the Flex agent, and the timeline beside it. */
import type { FastifyInstance } from 'fastify';
import { findWorker, type Account } from '../core/account';
import type { Clock } from '../core/clock';
import { found } from '../core/http-api';
import { createAgentToken } from '../flex/agent-token';
import type { Flex } from '../flex/domain';
import type { TaskRouter } from '../taskrouter/domain';
import { bundlePage } from './page-bundle';
import { registerTimelineStream } from './timeline/event-stream';
import type { Timeline } from './timeline/timeline';

/** The page and what it loads come from here alone; the SDK's WebSocket goes to the same address. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; base-uri 'none'; form-action 'none'";

interface DeskApi {
  account: Account;
  clock: Clock;
  taskrouter: TaskRouter;
  flex: Flex;
  timeline: Timeline;
}

export function registerDesk(
  http: FastifyInstance,
  { account, clock, taskrouter, flex, timeline }: DeskApi,
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
  http.get('/emulator/desk/token', async (request) => {
    const { agent } = request.query as { agent?: string };
    const embedded = found(findWorker(account, agent), request);
    const worker = found(taskrouter.workers.get(embedded.sid), request);
    const user = flex.agents.logIn(worker, account.conversationsServiceSid);
    return {
      token: createAgentToken(account, embedded, clock),
      identity: user.identity,
      name: user.friendlyName,
      clientOptions: { Twilsock: { uri: `ws://${request.headers.host}/v3/wsconnect` } },
      workspaceSid: account.workspaceSid,
      workerSid: worker.sid,
      accountSid: account.accountSid,
      authToken: account.authToken,
    };
  });
  registerTimelineStream(http, timeline);
}
