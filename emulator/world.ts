/** One life of the embedded account: every product, wired together here and nowhere else. A reset makes a new one. */
import type { FastifyInstance } from 'fastify';
import { ConversationsDomain } from './conversations/domain';
import { createAskFirst } from './conversations/webhooks/pre-events';
import { registerReceiptControls } from './conversations/controls';
import { registerServiceWebhooksRest } from './conversations/rest/service-webhooks';
import { ServiceWebhooks } from './conversations/webhooks/service-webhooks';
import { registerConversationsRest } from './conversations/rest/routes';
import { WebhookDispatch } from './conversations/webhooks/dispatch';
import { WebhookEngine } from './conversations/webhooks/engine';
import type { Account } from './core/account';
import type { Clock } from './core/clock';
import { Faults } from './core/faults';
import { createHttpApi } from './core/http-api';
import { Journal } from './core/journal';
import { registerDesk } from './desk/routes';
import { followConversations } from './desk/timeline/conversation-facts';
import { followFlex } from './desk/timeline/flex-facts';
import { followRequests } from './desk/timeline/request-facts';
import { followSessions } from './desk/timeline/session-facts';
import { followStudio } from './desk/timeline/studio-facts';
import { followTaskRouter } from './desk/timeline/taskrouter-facts';
import { Timeline } from './desk/timeline/timeline';
import { followWebhooks } from './desk/timeline/webhook-facts';
import { registerMedia } from './conversations/media/rest/routes';
import { registerRealtimeControls } from './realtime/controls';
import { Flex } from './flex/domain';
import { registerFlexConfiguration } from './flex/rest/configuration';
import { registerFlexRest } from './flex/rest/routes';
import { ApiKeys } from './iam/api-keys';
import { registerIamRest } from './iam/rest/api-keys';
import type { AccessTokenClaims } from './iam/access-tokens';
import { Realtime } from './realtime/domain';
import { ServerlessDomain } from './serverless/domain';
import { registerServerlessRest } from './serverless/rest/routes';
import { registerDeployments } from './serverless/runtime/gateway';
import { ServerlessRuntime } from './serverless/runtime/runtime';
import { registerStudioRest } from './studio/rest/routes';
import { Studio } from './studio/domain';
import { registerSyncRest } from './sync/rest/lists';
import { SyncLists } from './sync/domain';
import { createEmbeddedWorkspace } from './taskrouter/embedded-workspace';
import { EventCallbacks } from './taskrouter/event-callbacks';
import { registerTaskRouterRest } from './taskrouter/rest/routes';
import { TaskRouter } from './taskrouter/domain';

export interface World {
  account: Account;
  clock: Clock;
  apiKeys: ApiKeys;
  conversations: ConversationsDomain;
  /** How webhooks are delayed, repeated and reordered. */
  webhookDispatch: WebhookDispatch;
  webhooks: WebhookEngine;
  serviceWebhooks: ServiceWebhooks;
  realtime: Realtime;
  serverless: ServerlessDomain;
  taskrouter: TaskRouter;
  eventCallbacks: EventCallbacks;
  flex: Flex;
  studio: Studio;
  syncLists: SyncLists;
  /** Every REST call so far. */
  journal: Journal;
  /** Injected failures of the REST calls to come. */
  faults: Faults;
  /** What the agent desk shows of all this. */
  timeline: Timeline;
  /** Everything that is answered over HTTP, apart from the emulator's own controls. */
  http: FastifyInstance;
  dispose(): Promise<void>;
}

/** A Flex account on its first day has everything of Flex's and nothing of ours: no Flow, no API key. */
export interface WorldOptions {
  /** Where the emulator listens: what is deployed to it calls Twilio there. */
  url: string;
  firstDay: boolean;
}

export async function createWorld(
  account: Account,
  clock: Clock,
  { url, firstDay }: WorldOptions,
): Promise<World> {
  const apiKeys = new ApiKeys(clock, account);
  if (!firstDay) apiKeys.addEmbedded();
  const conversations = new ConversationsDomain(clock, account.conversationsServiceSid);
  // It follows each product before the next one does, so that causes are told before their effects.
  const timeline = new Timeline();
  followConversations(timeline, conversations, clock);
  const taskrouter = new TaskRouter(clock, account);
  createEmbeddedWorkspace(taskrouter, account);
  followTaskRouter(timeline, taskrouter, clock);
  const flex = new Flex(clock, conversations, taskrouter);
  followFlex(timeline, flex, clock);
  const studio = new Studio({ clock, account, conversations, flex, emulatorUrl: url });
  followStudio(timeline, studio, clock);
  if (!firstDay) studio.flows.loadFiles(account);
  const webhookDispatch = new WebhookDispatch(clock);
  const webhooks = new WebhookEngine({
    domain: conversations,
    account,
    clock,
    studio: (incoming) => studio.receive(incoming),
    dispatch: webhookDispatch,
    emulatorUrl: url,
  });
  followWebhooks(timeline, webhooks);
  const serviceWebhooks = new ServiceWebhooks({
    domain: conversations,
    account,
    clock,
    dispatch: webhookDispatch,
    emulatorUrl: url,
  });
  const { stopped } = webhookDispatch;
  conversations.askFirst = createAskFirst({ serviceWebhooks, account, clock, stopped, emulatorUrl: url });
  const eventCallbacks = new EventCallbacks(taskrouter, account, clock, url);
  const realtime = new Realtime(account, apiKeys, clock, conversations);
  followSessions(timeline, { realtime, domain: conversations, clock });
  const syncLists = new SyncLists(clock, account.syncServiceSid);
  const serverless = new ServerlessDomain(clock);
  const serverlessRuntime = new ServerlessRuntime(serverless, account, clock, url);
  const journal = new Journal();
  followRequests(timeline, { account, journal, domain: conversations, taskrouter });
  const faults = new Faults();
  const http = createHttpApi((username) => apiKeys.passwordOf(username), { journal, faults, clock });
  registerConversationsRest(http, conversations, account.accountSid);
  registerServiceWebhooksRest(http, conversations, serviceWebhooks, account.accountSid);
  registerReceiptControls(http, conversations);
  registerRealtimeControls(http, realtime);
  const checkToken = (token: unknown): AccessTokenClaims => realtime.checkToken(token);
  registerMedia(http, { domain: conversations, clock, checkToken });
  registerIamRest(http, apiKeys, account.accountSid);
  registerServerlessRest(http, serverless, account.accountSid);
  registerDeployments(http, serverless, serverlessRuntime, account.authToken);
  registerTaskRouterRest(http, taskrouter);
  registerFlexRest(http, flex);
  registerFlexConfiguration(http, account, clock);
  registerSyncRest(http, syncLists, account.accountSid);
  registerStudioRest(http, studio, account.accountSid);
  registerDesk(http, { account, clock, conversations, timeline });

  await http.ready();
  return {
    account,
    clock,
    apiKeys,
    conversations,
    webhookDispatch,
    webhooks,
    serviceWebhooks,
    realtime,
    serverless,
    taskrouter,
    eventCallbacks,
    flex,
    studio,
    syncLists,
    journal,
    faults,
    timeline,
    http,
    async dispose() {
      realtime.dispose();
      await serverlessRuntime.dispose();
      clock.clear();
      studio.stop();
      webhookDispatch.stop();
      eventCallbacks.stop();
      await http.close();
    },
  };
}
