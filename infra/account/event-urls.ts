/**
 * The URLs to which Twilio reports events of Tasks and Conversations: this project's protected Functions, if they are
 * deployed. The Workspace and the Service have one such URL each, for all Environments. A URL of another program is
 * never replaced, and one of another Environment only on an explicit request.
 */
import type { Deployment } from './deployment';
import type { Flex } from './flex';
import type { Work } from './steps';

/** The current destination of the events. */
interface Destination {
  url: string | null;
  /** The events that the Function needs and that are not sent. */
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
 * A Service has one event list for both of its URLs. Pre-events (`onMessageAdd`) go to the pre-event URL, which this
 * project does not use. Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks
 */
function isPreEvent(name: string): boolean {
  return !name.endsWith('ed');
}

/**
 * A Service without webhooks uses those of the account, and they stop for it as soon as it has its own. Source: docs
 * https://www.twilio.com/docs/conversations/api/per-service-webhook-resource
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

/** The Environment that receives the events by default: production, or the only one. */
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
