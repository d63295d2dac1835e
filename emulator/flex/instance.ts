/** The account's Flex: there is one, so its SID follows from the account's. */
import { sidFromName } from '../core/sids';

export function flexInstanceSid(accountSid: string): string {
  return sidFromName('GO', accountSid);
}
