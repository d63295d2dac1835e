/** IAM as one thing: the credentials of the account, and the tokens that its API keys sign. */
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import { AccessTokens } from './access-tokens';
import { ApiKeys } from './api-keys';

export class Iam {
  readonly apiKeys: ApiKeys;
  readonly accessTokens: AccessTokens;

  constructor(clock: Clock, account: Account) {
    this.apiKeys = new ApiKeys(clock, account);
    this.accessTokens = new AccessTokens(account.accountSid, this.apiKeys, clock);
  }
}
