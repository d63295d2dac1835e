/**
 * The two JSON parameters of an Interaction, validated and converted to the emulator's model.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 */
import { invalidParameter, notServed } from '../core/errors';
import { CHANNEL_TYPES, type Routing } from './model';

export interface ChannelRequest {
  type: string;
  conversationSid: string;
}

type Json = Record<string, unknown>;

export function parseChannel(value: unknown): ChannelRequest {
  const channel = object(value, 'Channel');
  const type = text(channel['type'], 'Channel.type');
  if (!CHANNEL_TYPES.includes(type)) throw invalidParameter(`Channel.type ${type} is unknown`);
  // The documentation lists lower case, the guide sends `Customer`.
  const initiatedBy = text(channel['initiated_by'], 'Channel.initiated_by').toLowerCase();
  if (!['customer', 'agent', 'api'].includes(initiatedBy)) {
    throw invalidParameter(`Channel.initiated_by ${initiatedBy} is unknown`);
  }
  if (initiatedBy !== 'customer' || type === 'voice') {
    throw notServed(
      'Interactions other than those that a customer began in a Conversation: calls, outbound ones',
    );
  }
  const properties = object(channel['properties'] ?? {}, 'Channel.properties');
  return {
    type,
    conversationSid: text(properties['media_channel_sid'], 'Channel.properties.media_channel_sid'),
  };
}

/** The guide's `"type": "TaskRouter"` is undocumented: it is accepted and ignored. */
export function parseRouting(value: unknown): Routing {
  const given = object(object(value, 'Routing')['properties'], 'Routing.properties');
  const name = (key: string): string | undefined =>
    given[key] === undefined || given[key] === null
      ? undefined
      : text(given[key], `Routing.properties.${key}`);
  const integer = (key: string): number | undefined => {
    if (given[key] === undefined || given[key] === null) return undefined;
    const amount = Number(given[key]);
    if (!Number.isInteger(amount) || amount < 0) {
      throw invalidParameter(`Routing.properties.${key} must be a whole number`);
    }
    return amount;
  };
  return {
    workspaceSid: text(given['workspace_sid'], 'Routing.properties.workspace_sid'),
    workflowSid: name('workflow_sid'),
    queueSid: name('queue_sid'),
    workerSid: name('worker_sid'),
    taskChannel: name('task_channel_sid') ?? name('task_channel_unique_name'),
    attributes: parseTaskAttributes(given['attributes']),
    priority: integer('priority'),
    timeoutSeconds: integer('timeout'),
    given,
  };
}

/** Public code sends an object or a JSON string. */
function parseTaskAttributes(value: unknown): Json {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'string') return object(value, 'Routing.properties.attributes');
  try {
    return object(JSON.parse(value), 'Routing.properties.attributes');
  } catch {
    throw invalidParameter('Routing.properties.attributes is not a JSON object');
  }
}

function object(value: unknown, name: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw invalidParameter(`${name} must be a JSON object`);
  }
  return value as Json;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw invalidParameter(`${name} is missing`);
  return value;
}
