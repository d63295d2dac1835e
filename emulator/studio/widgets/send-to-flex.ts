/** Send To Flex: one Interaction for the Conversation, as a POST to Flex's /v1/Interactions would make it. */
import { invalidParameter } from '../../core/errors';
import type { Routing } from '../../flex/model';
import { MAX_TASK_ATTRIBUTES_CHARS } from '../limits';
import { render, withoutLiquid } from '../liquid';
import { texts, type Widget, type WidgetResult, type WidgetRun } from './widget';

/** Seconds. Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex */
const DEFAULT_TIMEOUT_SECONDS = 3600;

export const sendToFlex: Widget = {
  schema: {
    required: ['workflow', 'channel'],
    properties: texts('workflow channel attributes timeout priority waitUrl waitUrlMethod'),
    events: ['callComplete', 'failedToEnqueue', 'callFailure'],
  },
  run: handOver,
  problems: ({ attributes }) => ({
    attributes: typeof attributes === 'string' ? attributeProblems(attributes) : [],
  }),
};

function handOver(run: WidgetRun): WidgetResult {
  const { conversation } = run;
  // Differs: at Twilio a Flow begun by REST can start a call or a new Conversation first.
  if (!conversation)
    return { event: 'failedToEnqueue', error: 'The execution has no Conversation to hand over' };
  try {
    const routing = toRouting(run);
    const { channel } = run.flex.createInteraction(
      { type: String(routing.attributes['channelType']), conversationSid: conversation.sid },
      routing,
    );
    const taskSid = run.flex.interactions.invitesOf(channel.sid)[0]?.taskSid ?? null;
    const task = run.flex.taskrouter.tasks.get(taskSid);
    // Guess: a dropped duplicate (45353) counts as created; its warning is in the Debugger only.
    return {
      event: 'callComplete',
      variables: { TaskSid: taskSid, Attributes: task?.attributes ?? null, Age: 0 },
    };
  } catch (error) {
    return { event: 'failedToEnqueue', error: (error as Error).message };
  }
}

/** As written in the definition, including Liquid. */
function attributeProblems(attributes: string): string[] {
  const problems: string[] = [];
  if (attributes.length > MAX_TASK_ATTRIBUTES_CHARS) {
    problems.push(`longer than ${MAX_TASK_ATTRIBUTES_CHARS} characters`);
  }
  try {
    JSON.parse(withoutLiquid(attributes));
  } catch {
    problems.push('not valid JSON');
  }
  return problems;
}

function toRouting({ state, context, workspaceSid }: WidgetRun): Routing {
  const property = (name: string): string => render(state.properties[name], context);
  const attributes = { ...addedByWidget(context), ...parseAttributes(property('attributes')) };
  return {
    workspaceSid,
    workflowSid: property('workflow'),
    taskChannel: property('channel'),
    attributes,
    priority: Number(property('priority') || 0),
    timeoutSeconds: Number(property('timeout') || DEFAULT_TIMEOUT_SECONDS),
    given: { workspace_sid: workspaceSid, workflow_sid: property('workflow'), attributes },
  };
}

/** Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex. Guess: in a chat the sender's address is the identity. */
function addedByWidget({ contact }: WidgetRun['context']): Record<string, unknown> {
  const { address } = contact['channel'] as { address: string };
  return {
    channelType: 'web',
    customerAddress: address,
    from: address,
    name: address,
    customerName: address,
  };
}

/** Guess: the limit also applies to the rendered text. It fails here so that the error is found before Twilio finds it. */
function parseAttributes(rendered: string): Record<string, unknown> {
  if (rendered.trim() === '') return {};
  if (rendered.length > MAX_TASK_ATTRIBUTES_CHARS) {
    throw invalidParameter(`Rendered attributes are longer than ${MAX_TASK_ATTRIBUTES_CHARS} characters`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(rendered);
  } catch {
    throw invalidParameter('Rendered attributes are not valid JSON');
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw invalidParameter('Rendered attributes are not a JSON object');
  }
  return parsed as Record<string, unknown>;
}
