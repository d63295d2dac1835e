import type { Product, Surroundings } from '../core/product';
import { ServerlessDomain } from './domain';
import { registerRest } from './rest/routes';
import { registerDeployments } from './runtime/gateway';
import { ServerlessRuntime } from './runtime/runtime';

export function createServerless({ account, clock, emulatorUrl }: Surroundings): Product<ServerlessDomain> {
  const domain = new ServerlessDomain(clock);
  const runtime = new ServerlessRuntime(domain, account, clock, emulatorUrl);
  return {
    domain,
    resume: () => domain.builds.resume(),
    register(http) {
      registerRest(http, { domain, accountSid: account.accountSid });
      registerDeployments(http, domain, runtime, account.authToken);
    },
    dispose: () => runtime.dispose(),
  };
}
