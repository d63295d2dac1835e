import type { Product, Surroundings } from '../core/product';
import { Iam } from './domain';
import { registerRest } from './rest/routes';

export function createIam({ account, clock, isFirstDay }: Surroundings): Product<Iam> {
  const domain = new Iam(clock, account);
  if (!isFirstDay) domain.apiKeys.addEmbedded();
  return {
    domain,
    register: (http) => registerRest(http, { domain, accountSid: account.accountSid }),
  };
}
