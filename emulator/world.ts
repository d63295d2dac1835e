/** One life of the embedded account: every product, wired together here and nowhere else. A reset makes a new one. */
import type { FastifyInstance } from 'fastify';
import { ConversationsDomain } from './conversations/domain';
import { registerConversationsRest } from './conversations/rest/conversations-rest';
import { WebhookEngine } from './conversations/webhook-engine';
import type { Account } from './core/account';
import type { Clock } from './core/clock';
import { Faults } from './core/faults';
import { createHttpApi } from './core/http-api';
import { Journal } from './core/journal';
import { registerRealtimeControls } from './realtime/controls';
import { Flex } from './flex/flex';
import { registerFlexRest } from './flex/rest/flex-rest';
import { Realtime } from './realtime/server';
import { ServerlessDomain } from './serverless/domain';
import { registerServerlessRest } from './serverless/rest/serverless-rest';
import { registerDeployments } from './serverless/runtime/gateway';
import { ServerlessRuntime } from './serverless/runtime/runtime';
import { createEmbeddedWorkspace } from './taskrouter/embedded-workspace';
import { registerTaskRouterRest } from './taskrouter/rest/taskrouter-rest';
import { TaskRouter } from './taskrouter/task-router';

export interface World {
  account: Account;
  clock: Clock;
  conversations: ConversationsDomain;
  webhooks: WebhookEngine;
  realtime: Realtime;
  serverless: ServerlessDomain;
  taskrouter: TaskRouter;
  flex: Flex;
  /** Every REST call so far. */
  journal: Journal;
  /** Injected failures of the REST calls to come. */
  faults: Faults;
  /** Everything that is answered over HTTP, apart from the emulator's own controls. */
  http: FastifyInstance;
  dispose(): Promise<void>;
}

/** `url` is where the emulator listens: what is deployed to it calls Twilio there. */
export async function createWorld(account: Account, clock: Clock, url: string): Promise<World> {
  const conversations = new ConversationsDomain(clock, account.conversationsServiceSid);
  const webhooks = new WebhookEngine({
    domain: conversations,
    account,
    clock,
    studio: ({ flowSid }) => {
      throw new Error(`There is no Flow ${flowSid}`);
    },
  });
  const realtime = new Realtime(account, clock, conversations);
  const serverless = new ServerlessDomain(clock);
  const serverlessRuntime = new ServerlessRuntime(serverless, account, clock, url);
  const taskrouter = new TaskRouter(clock, account);
  createEmbeddedWorkspace(taskrouter, account);
  const flex = new Flex(clock, conversations, taskrouter);
  const journal = new Journal();
  const faults = new Faults();
  const http = createHttpApi(account, { journal, faults, clock });
  registerConversationsRest(http, conversations, account.accountSid);
  registerRealtimeControls(http, realtime);
  registerServerlessRest(http, serverless, account.accountSid);
  registerDeployments(http, serverless, serverlessRuntime, account.authToken);
  registerTaskRouterRest(http, taskrouter);
  registerFlexRest(http, flex);

  await http.ready();
  return {
    account,
    clock,
    conversations,
    webhooks,
    realtime,
    serverless,
    taskrouter,
    flex,
    journal,
    faults,
    http,
    async dispose() {
      realtime.dispose();
      await serverlessRuntime.dispose();
      clock.clear();
      webhooks.stop();
      await http.close();
    },
  };
}
