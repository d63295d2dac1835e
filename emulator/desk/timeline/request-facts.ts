/** The REST calls behind the steps: every write, with its request and its answer. */
import type { ConversationsDomain } from '../../conversations/domain';
import type { Account } from '../../core/account';
import type { Journal, JournalEntry } from '../../core/journal';
import type { Flex } from '../../flex/domain';
import { stepNow } from './conversation-facts';
import { conversationSidOf } from './taskrouter-facts';
import type { TimelineFact } from './entry';
import type { StepId } from './steps';
import type { Timeline } from './timeline';

interface Products {
  account: Account;
  journal: Journal;
  domain: ConversationsDomain;
  flex: Flex;
}

export function followRequests(timeline: Timeline, products: Products): void {
  products.journal.events.on('answered', ({ entry, answer }) => {
    if (entry.method !== 'GET') addRequest(timeline, entry, answer, products);
  });
}

function addRequest(timeline: Timeline, entry: JournalEntry, answer: string, products: Products): void {
  const conversationSid = conversationOf(entry, answer, products);
  if (!conversationSid) return;
  const { host, method, path, form, query, headers, status, fault } = entry;
  timeline.add({
    step: stepOf(timeline, entry, conversationSid, products.domain),
    conversationSid,
    kind: 'request',
    product: productOf(host),
    title: `${method} ${shortened(path)}`,
    summary: `answered ${status}${fault ? `, fault injected: ${fault}` : ''}`,
    detail: { request: `${method} https://${host}${path}`, form, query, status, fault, headers },
    at: Date.parse(entry.at),
  });
}

function conversationOf(
  entry: JournalEntry,
  answer: string,
  { account, domain, flex }: Products,
): string | undefined {
  const [named] = entry.path.match(/CH[0-9a-f]{32}/) ?? [];
  if (named) return named;
  const [taskSid] = entry.path.match(/WT[0-9a-f]{32}/) ?? [];
  if (taskSid) {
    const task = flex.taskrouter.tasks.get(taskSid);
    return task && conversationSidOf(task);
  }
  const [channelSid] = entry.path.match(/UO[0-9a-f]{32}/) ?? [];
  if (channelSid) return flex.interactions.channel(channelSid)?.conversationSid;
  if (entry.path.endsWith('/Interactions')) return mediaChannelOf(entry);
  if (!entry.path.endsWith('/Conversations')) return undefined;
  const [, created] = answer.match(/"sid":"(CH[0-9a-f]{32})"/) ?? [];
  if (created) return created;
  // Refused, because the name is taken.
  const [serviceSid = account.conversationsServiceSid] = entry.path.match(/IS[0-9a-f]{32}/) ?? [];
  const { UniqueName: uniqueName } = entry.form;
  return typeof uniqueName === 'string' ? domain.conversations.find(serviceSid, uniqueName)?.sid : undefined;
}

/** Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions */
function mediaChannelOf({ form }: JournalEntry): string | undefined {
  try {
    const channel = JSON.parse(String(form['Channel'])) as { properties?: { media_channel_sid?: string } };
    return channel.properties?.media_channel_sid;
  } catch {
    return undefined;
  }
}

function stepOf(
  timeline: Timeline,
  { path, form }: JournalEntry,
  conversationSid: string,
  domain: ConversationsDomain,
): StepId {
  if (/\/Channels\/UO/.test(path)) return timeline.has(conversationSid, '8') ? 'after' : '7';
  if (/\/Reservations\/WR/.test(path)) return form['ReservationStatus'] === 'accepted' ? '8' : '7';
  if (/\/Tasks\/WT/.test(path)) return 'after';
  if (path.endsWith('/Interactions')) return timeline.has(conversationSid, '8') ? 'after' : '7';
  if (path.endsWith('/Conversations')) return '2.1';
  if (path.endsWith('/Participants')) return timeline.has(conversationSid, '8') ? 'after' : '2.2';
  if (path.endsWith('/Webhooks')) return '2.3';
  if (path.endsWith('/Messages')) {
    return domain.messages.ofConversation(conversationSid).length > 1 ? 'after' : '4';
  }
  return stepNow(timeline, conversationSid);
}

function productOf(host: string): TimelineFact['product'] {
  if (host.startsWith('taskrouter.')) return 'TaskRouter';
  return host.startsWith('flex-api.') ? 'Flex' : 'Conversations';
}

/** `…/CH12ab…/Participants`: whose and what; the whole path is in the detail. */
function shortened(path: string): string {
  const tail = path.split('/').slice(-2).join('/');
  return `…/${tail.replace(/([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}/g, '$1…')}`;
}
