/**
 * Rules that Twilio enforces and its files omit, by operation. `Service` operations are the same ones below a named
 * Service. Source: docs https://www.twilio.com/docs/api/errors (the number before each rule)
 */

type Rule = (form: URLSearchParams) => boolean;

const SCOPED_EVENTS = [
  ...['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved'],
  ...['onConversationUpdated', 'onConversationStateUpdated', 'onConversationRemoved'],
  ...['onParticipantAdded', 'onParticipantUpdated', 'onParticipantRemoved', 'onDeliveryUpdated'],
];
const MAX_WEBHOOK_URL_CHARS = 512;
const MAX_IDENTITY_CHARS = 256;
const MAX_CONVERSATION_ATTRIBUTES_BYTES = 16_384;
const MAX_OTHER_ATTRIBUTES_BYTES = 4_096;

const needsFor =
  (target: string, parameter: string): Rule =>
  (form) =>
    form.get('Target') !== target || Boolean(form.get(parameter));

const attributesUpTo =
  (bytes: number): Rule =>
  (form) =>
    Buffer.byteLength(form.get('Attributes') ?? '') <= bytes;

const RULES: Record<string, Record<number, Rule>> = {
  CreateConversationScopedWebhook: {
    50367: needsFor('studio', 'Configuration.FlowSid'),
    50369: needsFor('webhook', 'Configuration.Url'),
    50371: needsFor('trigger', 'Configuration.Triggers'),
    50365: (form) => form.getAll('Configuration.Filters').every((event) => SCOPED_EVENTS.includes(event)),
    50372: (form) => (form.get('Configuration.Url') ?? '').length <= MAX_WEBHOOK_URL_CHARS,
  },
  CreateConversation: {
    50384: (form) => form.get('State') !== 'closed',
    50382: (form) => form.has('State') || !(form.has('Timers.Inactive') || form.has('Timers.Closed')),
    50390: (form) => !/^CH[0-9a-f]{32}$/i.test(form.get('UniqueName') ?? ''),
    50303: attributesUpTo(MAX_CONVERSATION_ATTRIBUTES_BYTES),
  },
  CreateConversationParticipant: {
    50211: (form) => !(form.has('Identity') && form.has('MessagingBinding.Address')),
    50207: (form) => (form.get('Identity') ?? '').length <= MAX_IDENTITY_CHARS,
    50303: attributesUpTo(MAX_OTHER_ATTRIBUTES_BYTES),
  },
  CreateConversationMessage: {
    50303: attributesUpTo(MAX_OTHER_ATTRIBUTES_BYTES),
  },
};

/** The error codes that Twilio would answer with. */
export function overlayViolations(operationId: string, form: URLSearchParams): number[] {
  const rules = RULES[operationId.replace(/^CreateServiceConversation/, 'CreateConversation')] ?? {};
  return Object.entries(rules)
    .filter(([, holds]) => !holds(form))
    .map(([code]) => Number(code));
}
