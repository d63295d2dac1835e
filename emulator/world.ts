/** The embedded account until the next reset: every product, wired together here only. A reset creates a new one. */
import { createContent } from './content/product';
import { createConversations } from './conversations/product';
import { createWebhooks } from './conversations/webhooks/product';
import { Faults } from './core/faults';
import { createHttpApi } from './core/http-api';
import { Journal } from './core/journal';
import type { Product, Surroundings } from './core/product';
import { capture, restore } from './core/snapshot';
import { createDesk } from './desk/product';
import { createFlex } from './flex/product';
import { createIam } from './iam/product';
import type { Realtime } from './realtime/domain';
import { createRealtime } from './realtime/product';
import { createServerless } from './serverless/product';
import { createStudio } from './studio/product';
import { createSync } from './sync/product';
import { createEventBridge } from './taskrouter/event-bridge/product';
import { createTaskRouter } from './taskrouter/product';

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(surroundings: Surroundings) {
  const { account, clock } = surroundings;
  /** Every REST call so far. */
  const journal = new Journal();
  /** Injected failures of the REST calls to come. */
  const faults = new Faults();

  const products: Product[] = [];
  const add = <Domain>(product: Product<Domain>): Domain => {
    products.push(product);
    return product.domain;
  };
  // Each may know those above it, and listens to their events.
  const iam = add(createIam(surroundings));
  const content = add(createContent(surroundings));
  const conversations = add(createConversations({ ...surroundings, iam, content }));
  const taskrouter = add(createTaskRouter(surroundings));
  const eventBridge = add(createEventBridge({ ...surroundings, iam, taskrouter }));
  const flex = add(createFlex({ ...surroundings, iam, conversations, taskrouter, eventBridge }));
  const studio = add(createStudio({ ...surroundings, conversations, flex }));
  const webhooks = add(createWebhooks({ ...surroundings, conversations, studio }));
  const realtime = add(createRealtime({ ...surroundings, iam, conversations }));
  const sync = add(createSync(surroundings));
  const serverless = add(createServerless(surroundings));
  const domains = {
    iam,
    content,
    conversations,
    taskrouter,
    flex,
    studio,
    webhooks,
    realtime,
    sync,
    serverless,
  };
  /** The contents of a snapshot. Sync objects are rebuilt from it, and connections are not part of it. */
  const { realtime: _realtime, ...holders } = domains;
  const state = { holders, apart: [account, clock, realtime] };
  /** The agent desk. */
  const timeline = add(createDesk({ ...surroundings, ...domains, journal }));

  /** All HTTP routes except the emulator's own controls. */
  const http = createHttpApi((...credentials) => iam.admits(...credentials), { journal, faults, clock });
  for (const product of products) product.register(http);

  return {
    account,
    clock,
    journal,
    faults,
    ...domains,
    eventBridge,
    timeline,
    http,
    sockets: products.flatMap(({ sockets = [] }) => sockets),
    snapshot: (): Uint8Array => capture(state, clock.aheadMs),
    /** Only into a new world. `previous`: the world that clients are connected to. */
    restore(bytes: Uint8Array, previous: { realtime: Realtime }): void {
      clock.aheadMs = restore(state, bytes);
      for (const product of products) product.resume?.();
      realtime.projection.takeBack(previous.realtime.projection);
    },
    async dispose(): Promise<void> {
      await Promise.all(products.map((product) => product.dispose?.()));
      clock.clear();
      await http.close();
    },
  };
}
