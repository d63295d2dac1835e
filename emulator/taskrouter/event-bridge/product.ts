import type { Product, Surroundings } from '../../core/product';
import type { Iam } from '../../iam/domain';
import type { TaskRouter } from '../domain';
import { EventBridge } from './domain';
import { registerHttp } from './http';
import { pushEvents } from './pushes';
import { listRoutes } from './routes/lists';
import { taskRoutes } from './routes/tasks';
import { workerRoutes } from './routes/workers';

/** At the emulator's own address the SDK is given `ws://127.0.0.1:4010/event-bridge.twilio.com/v1/wschannels`. */
const SOCKET_PATH = /^\/event-bridge(\.[a-z0-9-]+)?\.twilio\.com\/v1\/wschannels$/;

export interface EventBridgeDependencies extends Surroundings {
  iam: Iam;
  taskrouter: TaskRouter;
}

export function createEventBridge(dependencies: EventBridgeDependencies): Product<EventBridge> {
  const { account, clock, iam, taskrouter } = dependencies;
  const api = { domain: taskrouter, accountSid: account.accountSid };
  const domain = new EventBridge(iam.accessTokens, taskrouter, account.accountSid, clock);
  for (const routes of [workerRoutes, taskRoutes, listRoutes]) domain.serve(routes(api));
  pushEvents(domain, api);
  return {
    domain,
    register: (http) => registerHttp(http, domain),
    sockets: [{ path: SOCKET_PATH, upgrade: (...upgrade) => domain.handleUpgrade(...upgrade) }],
    dispose: () => domain.dispose(),
  };
}
