import type { Product, Surroundings } from '../core/product';
import { Contents } from './domain';
import { registerRest } from './rest/routes';

export function createContent({ account, clock }: Surroundings): Product<Contents> {
  const domain = new Contents(clock);
  return {
    domain,
    register: (http) => registerRest(http, { domain, accountSid: account.accountSid }),
  };
}
