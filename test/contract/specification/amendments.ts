/**
 * Twilio's additions to Studio since the edition of the files in @twilio/cli-core. twilio-node is from the newer
 * edition. Source: sdk twilio/lib/rest/studio/v2/flow.js, flow/execution.js, flow/flowRevision.js
 */
import type { OpenApi, Schema } from './openapi';

const sid = (kind: string): Schema => ({
  type: 'string',
  pattern: `^${kind}[0-9a-fA-F]{32}$`,
  nullable: true,
});

const FIELDS: Record<string, Record<string, Schema>> = {
  'studio.v2.flow': { author_sid: sid('US') },
  'studio.v2.flow.flow_revision': { author_sid: sid('US') },
  'studio.v2.flow.execution': {
    flow_version: { type: 'integer' },
    contact_sid: sid('FC'),
    initiated_by: { type: 'string', nullable: true },
  },
};

const FORM_PARAMETERS: Record<string, Record<string, Schema>> = {
  CreateFlow: { AuthorSid: sid('US') },
  UpdateFlow: { AuthorSid: sid('US') },
};

const QUERY_PARAMETERS: Record<string, Record<string, Schema>> = {
  // In lower case, unlike any other. Source: sdk twilio/lib/rest/studio/v2/flow/execution.js
  ListExecution: { status: { $ref: '#/components/schemas/execution_enum_status' } },
};

/** A copy of `file` with the additions. */
export function amend(file: OpenApi): OpenApi {
  const copy = structuredClone(file);
  for (const [name, fields] of Object.entries(FIELDS)) {
    Object.assign(copy.components.schemas[name]?.properties ?? {}, fields);
  }
  for (const item of Object.values(copy.paths)) {
    for (const operation of [item.get, item.post]) {
      const form = operation?.requestBody?.content['application/x-www-form-urlencoded']?.schema?.properties;
      Object.assign(form ?? {}, FORM_PARAMETERS[operation?.operationId ?? '']);
      for (const [name, schema] of Object.entries(QUERY_PARAMETERS[operation?.operationId ?? ''] ?? {})) {
        operation!.parameters!.push({ name, in: 'query', schema });
      }
    }
  }
  return copy;
}
