/** `GET /emulator/desk/token`: the credentials with which a program acts as an agent. `?agent=linus` chooses another agent. */
import type { FastifyInstance } from 'fastify';
import { findWorker } from '../../core/account';
import { found } from '../../core/http-api';
import { createAgentToken } from '../../flex/agent-token';
import type { DeskApi } from '../api';

export function registerSession(app: FastifyInstance, { account, clock, taskrouter, flex }: DeskApi): void {
  // The credentials are those of .env.emulator: public, fake, and good for this process only.
  app.get('/desk/token', async (request) => {
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
}
