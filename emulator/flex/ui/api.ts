/** The data of Flex UI's routes. */
import type { Account } from '../../core/account';
import type { Clock } from '../../core/clock';
import type { FlexUi } from '../../core/flex-ui';
import type { AccessTokens } from '../../iam/access-tokens';
import type { Flex } from '../domain';

export interface UiApi {
  domain: Flex;
  account: Account;
  clock: Clock;
  accessTokens: AccessTokens;
  flexUi: FlexUi;
}
