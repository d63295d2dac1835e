/** IAM as a whole: the credentials of the account, and the tokens that its API keys sign. */
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import { AccessTokenError, AccessTokens } from './access-tokens';
import { ApiKeys } from './api-keys';

/**
 * What agents' programs call with their token. Source: sdk @twilio/flex-sdk, Flex UI. Guess: all operations there;
 * Twilio goes by the agent's roles.
 */
const AGENT_HOSTS = new Set([
  'flex-api.twilio.com',
  'flex.twilio.com',
  'taskrouter.twilio.com',
  'preview.twilio.com',
]);

export class Iam {
  readonly apiKeys: ApiKeys;
  readonly accessTokens: AccessTokens;

  constructor(clock: Clock, account: Account) {
    this.apiKeys = new ApiKeys(clock, account);
    this.accessTokens = new AccessTokens(account.accountSid, this.apiKeys, clock);
  }

  /** Whether these Basic credentials are valid for this host. An agent's Access Token is the password of the user `token`. */
  admits(username: string, password: string, host: string): boolean {
    if (username === 'token') return AGENT_HOSTS.has(host) && this.isWorkerToken(password);
    return this.apiKeys.passwordOf(username) === password;
  }

  private isWorkerToken(token: string): boolean {
    try {
      this.accessTokens.checkWorker(token);
      return true;
    } catch (error) {
      if (error instanceof AccessTokenError) return false;
      throw error;
    }
  }
}
