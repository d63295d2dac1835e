/** Run Subflow: another Flow as part of the same execution. Source: docs https://www.twilio.com/docs/studio/subflows */
import type { Flow } from '../model';
import { PARAMETERS, renderParameters } from './parameters';
import type { FlowLibrary, Widget } from './widget';

export const runSubflow: Widget = {
  schema: {
    required: ['flow_sid', 'flow_revision'],
    properties: {
      // No Liquid here. Source: docs https://www.twilio.com/docs/studio/subflows
      flow_sid: { type: 'string', pattern: '^FW[0-9a-f]{32}$' },
      flow_revision: { type: 'string', pattern: '^(LatestPublished|LatestDraft|[1-9][0-9]*)$' },
      parameters: PARAMETERS,
    },
    events: ['completed', 'failed'],
  },
  run({ state, context, flows }) {
    const flowSid = String(state.properties['flow_sid']);
    const revision = String(state.properties['flow_revision']);
    if ('parent' in context.trigger) {
      return { event: 'failed', error: 'A Subflow cannot run another Subflow' };
    }
    const flow = revisionOf(flows, flowSid, revision);
    if (!flow) return { event: 'failed', error: `Flow ${flowSid} has no revision ${revision}` };
    return { subflow: { flow, parameters: renderParameters(state.properties['parameters'], context) } };
  },
};

/** Who is no test user gets the newest published revision where the newest draft is wanted. Source: docs https://www.twilio.com/docs/studio/subflows */
function revisionOf(flows: FlowLibrary, flowSid: string, revision: string): Flow | undefined {
  if (revision === 'LatestPublished' || revision === 'LatestDraft') return flows.published(flowSid);
  return flows.revisionsOf(flowSid).find((flow) => String(flow.revision) === revision);
}
