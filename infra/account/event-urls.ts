/**
 * Where Twilio reports what happens to Tasks and Conversations: our protected Functions, as far as they are deployed. The
 * Workspace and the Service have one such URL each, so a URL of somebody else's is never replaced.
 */
import type { Deployment } from './deployment';
import type { Flex } from './flex';
import { change, tell, type Work } from './steps';
import { explain } from './twilio';

/** Where events go now. */
interface Destination {
  url: string | null;
  /** Those that our Function needs and nobody is told of. */
  missing: string[];
}

interface EventUrl {
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

export function eventUrls({ client }: Work, flex: Flex): EventUrl[] {
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

export async function ensureEventUrls(
  work: Work,
  flex: Flex,
  deployment: Deployment | undefined,
): Promise<void> {
  if (!deployment) return tell(work, 'later', 'event URLs: nothing is deployed yet');
  for (const { what, functionPath, read, write } of eventUrls(work, flex)) {
    if (!deployment.functionPaths.includes(functionPath)) {
      tell(work, 'ok', `${what}: the deployed build has no ${functionPath}`);
      continue;
    }
    const wanted = `https://${deployment.domainName}${functionPath}`;
    const { url, missing } = await read().catch((error: unknown) => {
      throw explain(error, `reading where ${what} go`);
    });
    if (url === wanted && missing.length === 0) tell(work, 'ok', `${what} go to ${wanted}`);
    else if (url && url !== wanted && !isOurs(url, functionPath, work.project.serviceName)) {
      tell(
        work,
        'LEFT',
        `${what} go to ${url}, which is not ours. Let that forward them, signed, to ${wanted}`,
      );
    } else {
      await change(work, { verb: 'set', doing: 'setting', thing: `${what}: ${wanted}` }, () => write(wanted));
    }
  }
}

/** For teardown: what leads to the Service that goes leads nowhere afterwards. */
export async function removeEventUrls(
  work: Work,
  flex: Flex,
  deployment: Deployment | undefined,
): Promise<void> {
  if (!deployment) return;
  for (const { what, functionPath, read, write } of eventUrls(work, flex)) {
    if (!deployment.functionPaths.includes(functionPath)) continue;
    const { url } = await read().catch((error: unknown) => {
      throw explain(error, `reading where ${what} go`);
    });
    if (url !== `https://${deployment.domainName}${functionPath}`) continue;
    await change(work, { verb: 'removed', doing: 'removing', thing: `the URL for ${what}` }, () => write(''));
  }
}

/** Another Environment of the same project, or an earlier Service of it. */
function isOurs(url: string, functionPath: string, serviceName: string): boolean {
  return url.startsWith(`https://${serviceName}-`) && url.endsWith(`.twil.io${functionPath}`);
}
