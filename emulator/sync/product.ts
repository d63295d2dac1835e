import type { Product, Surroundings } from '../core/product';
import { SyncLists } from './domain';
import { registerRest } from './rest/routes';

export function createSync({ account, clock }: Surroundings): Product<SyncLists> {
  const domain = new SyncLists(clock, account.syncServiceSid);
  return {
    domain,
    resume: () => domain.resume(),
    register: (http) => registerRest(http, { domain, accountSid: account.accountSid }),
  };
}
