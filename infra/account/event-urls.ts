/**
 * Where Twilio reports what happens to Tasks and Conversations: our protected Functions, as far as they are deployed. The
 * Workspace and the Service have one such URL each, for all Environments. One that leads to another program is never
 * replaced, and one that leads to another Environment only on an explicit word.
 */
import type { Deployment } from './deployment';
import type { Flex } from './flex';
import type { Work } from './steps';

/** Where events go now. */
interface Destination {
  url: string | null;
  /** Those that our Function needs and nobody is told of. */
  missing: string[];
}

export interface EventUrl {
  what: string;
  functionPath: string;
  read(): Promise<Destination>;
  write(url: string): Promise<unknown>;
}

/** Source: docs https://www.twilio.com/docs/taskrouter/api/event/reference */
const TASK_EVENTS = ['task.canceled', 'task.completed', 'workflow.timeout'];
/** Source: openapi conversations_v1 */
const CONVERSATION_EVENTS = ['onConversationStateUpdated'];

function without(events: string[], told: string[]): string[] {
  return events.filter((event) => !told.includes(event));
}

/**
 * A Service has one list of events for both of its URLs. What is asked beforehand (`onMessageAdd`) goes to the pre-event URL,
 * which is not ours. Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks
 */
function isPreEvent(name: string): boolean {
  return !name.endsWith('ed');
}

/**
 * A Service without webhooks has those of the account, and they fall silent there as soon as it has one of its own.
 * Source: docs https://www.twilio.com/docs/conversations/api/per-service-webhook-resource
 */
async function accountUrl({ conversations }: Work['client']): Promise<string | null> {
  const { preWebhookUrl, postWebhookUrl } = await conversations.v1.configuration.webhooks().fetch();
  return postWebhookUrl || preWebhookUrl;
}

export function eventUrls(
  { client }: Pick<Work, 'client'>,
  flex: Pick<Flex, 'workspaceSid' | 'conversationsServiceSid'>,
): EventUrl[] {
  const workspace = client.taskrouter.v1.workspaces(flex.workspaceSid);
  const webhooks = client.conversations.v1.services(flex.conversationsServiceSid).configuration.webhooks();
  return [
    {
      what: 'Task events',
      functionPath: '/task-events',
      read: async () => {
        const { eventCallbackUrl, eventsFilter } = await workspace.fetch();
        // No filter: all events.
        return {
          url: eventCallbackUrl,
          missing: eventsFilter ? without(TASK_EVENTS, eventsFilter.split(',')) : [],
        };
      },
      write: (url) =>
        workspace.update({ eventCallbackUrl: url, eventsFilter: url === '' ? '' : TASK_EVENTS.join(',') }),
    },
    {
      what: 'Conversation events',
      functionPath: '/conversation-events',
      read: async () => {
        const { preWebhookUrl, postWebhookUrl, filters } = await webhooks.fetch();
        const hasOwn = Boolean(postWebhookUrl || preWebhookUrl);
        return {
          url: hasOwn ? postWebhookUrl : await accountUrl(client),
          missing: without(CONVERSATION_EVENTS, filters),
        };
      },
      write: async (url) => {
        const { preWebhookUrl, filters } = await webhooks.fetch();
        const others = preWebhookUrl ? filters.filter(isPreEvent) : [];
        const ours = url === '' ? [] : CONVERSATION_EVENTS;
        return webhooks.update({ postWebhookUrl: url, filters: [...others, ...ours], method: 'POST' });
      },
    },
  ];
}

/** The Environment that gets the events where nobody says otherwise: production, or the only one. */
export function homeOf(functionPath: string, deployments: Deployment[]): Deployment | undefined {
  const able = deployments.filter(({ functionPaths }) => functionPaths.includes(functionPath));
  return able.find(({ suffix }) => suffix === '') ?? (able.length === 1 ? able[0] : undefined);
}

export function ownerOf(
  url: string,
  functionPath: string,
  deployments: Deployment[],
): Deployment | undefined {
  return deployments.find((one) => urlAt(one, functionPath) === url);
}

export function urlAt({ domainName }: Deployment, functionPath: string): string {
  return `https://${domainName}${functionPath}`;
}

/** An earlier Service of the same project, or one in another account. */
export function isOurs(url: string, functionPath: string, serviceName: string): boolean {
  return url.startsWith(`https://${serviceName}-`) && url.endsWith(`.twil.io${functionPath}`);
}
