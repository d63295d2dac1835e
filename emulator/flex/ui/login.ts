/** An agent's login to Flex UI, and the data of its token. Without passwords: every embedded agent can log in. */
import { findWorker } from '../../core/account';
import { invalidParameter } from '../../core/errors';
import { formOf } from '../../core/http-api';
import type { Routing } from '../../core/routing';
import { parseAttributes } from '../../taskrouter/attributes';
import { createAgentToken } from '../agent-token';
import type { UiApi } from './api';

/** No more than an agent's, so that Flex UI does not show the views of teams and queues, which are not served. */
const ROLES = ['agent'];

export function registerLogin(http: Routing, api: UiApi): void {
  const { domain, account, clock, accessTokens } = api;

  http.serve('/iam.twilio.com/v1/Accounts/:accountSid', (app) => {
    /**
     * Single sign-on: the page goes to `location`, where an identity provider would be, and comes back to `resource` with
     * the token. `?agent=NAME` in that address is another agent than the first.
     */
    app.post<{ Params: { accountSid: string } }>(
      '/authenticate',
      { config: { credentials: 'none' } },
      (request) => {
        const { resource } = Object(
          request.body instanceof URLSearchParams ? Object.fromEntries(request.body) : request.body,
        ) as { resource?: unknown };
        if (typeof resource !== 'string' || !URL.canParse(resource))
          throw invalidParameter('resource is not a URL');
        const back = new URL(resource);
        const name = back.searchParams.get('agent') ?? undefined;
        const embedded = findWorker(account, name);
        if (!embedded) throw invalidParameter(`Unknown agent ${name}`);
        const token = createAgentToken(account, embedded, clock);
        const { identity, expiresAt } = accessTokens.checkWorker(token);
        back.searchParams.set('Identity', identity);
        back.searchParams.set('Expiration', new Date(expiresAt).toISOString());
        back.searchParams.set('Token', token);
        back.searchParams.delete('Roles');
        for (const role of ROLES) back.searchParams.append('Roles', role);
        return { location: back.toString() };
      },
    );
  });

  http.serve('/flex-api.twilio.com/v1/Accounts/:accountSid', (app) => {
    app.post('/Tokens/Info', (request) => {
      const { identity, workerSid, expiresAt } = accessTokens.checkWorker(formOf(request).required('Token'));
      const worker = domain.taskrouter.workers.get(workerSid);
      if (worker) domain.agents.logIn(worker, account.conversationsServiceSid);
      const { full_name: fullName } = parseAttributes(worker?.attributes ?? '{}');
      return {
        valid: true,
        code: 0,
        message: 'ok',
        expiration: new Date(expiresAt).toISOString(),
        identity,
        realm_user_id: identity,
        roles: ROLES,
        worker_sid: workerSid,
        // Guess: a Flex User for every Worker, with a SID like its.
        flex_user_sid: workerSid.replace(/^WK/, 'FU'),
        email: worker?.friendlyName ?? null,
        full_name: fullName ?? null,
      };
    });
  });
}
