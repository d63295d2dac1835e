/** /v2/Flows, their revisions, and /v2/Flows/Validate. Source: openapi studio_v2 */
import type { FastifyInstance } from 'fastify';
import type { Form } from '../../core/form';
import { formOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Flow, FlowStatus } from '../model';
import { parseDefinition } from '../validation';
import { flowOf, flowUrl, MAX_PAGE_SIZE, type StudioApi } from './paths';

export function flowRoutes(app: FastifyInstance, api: StudioApi): void {
  const { accountSid } = api;
  const { flows } = api.domain;

  app.post('/Validate', (request) => {
    parseDefinition(newFlow(formOf(request)).definition);
    return { valid: true };
  });

  serveResources<Flow>(app, {
    path: '',
    sid: 'flowSid',
    key: 'flows',
    maxPageSize: MAX_PAGE_SIZE,
    list: () => flows.list(),
    find: (sid) => flows.get(sid),
    create: (form) => flows.create(newFlow(form)),
    update: (flow, form) => {
      flows.update(flow, {
        status: statusOf(form),
        ...(form.has('FriendlyName') && { friendlyName: form.required('FriendlyName') }),
        ...(form.has('Definition') && { definition: form.required('Definition') }),
        commitMessage: form.string('CommitMessage') ?? null,
      });
    },
    remove: (flow) => flows.delete(flow),
    // An update makes a new revision.
    toJson: ({ sid }) => flowJson(flows.get(sid)!, accountSid),
    // Without the definitions, which only a single Flow shows. Guess: as in Twilio's own lists, they are left null.
    toListedJson: (flow) => ({ ...flowJson(flow, accountSid), definition: null }),
  });

  serveResources<Flow>(app, {
    path: '/:flowSid/Revisions',
    sid: 'revision',
    key: 'revisions',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => flows.revisionsOf(flowOf(request, api).sid).toReversed(),
    find: (wanted, request) => {
      const { sid } = flowOf(request, api);
      if (wanted === 'LatestPublished') return flows.published(sid);
      const revisions = flows.revisionsOf(sid);
      if (wanted === 'LatestRevision') return revisions.at(-1);
      return revisions.find(({ revision }) => String(revision) === wanted);
    },
    toJson: (flow) => revisionJson(flow, accountSid),
  });
}

function newFlow(form: Form) {
  return {
    friendlyName: form.required('FriendlyName'),
    status: statusOf(form),
    definition: form.required('Definition'),
    commitMessage: form.string('CommitMessage') ?? null,
  };
}

function statusOf(form: Form): FlowStatus {
  form.required('Status');
  return form.oneOf('Status', ['draft', 'published'])!;
}

function revisionJson(flow: Flow, accountSid: string): object {
  return {
    sid: flow.sid,
    account_sid: accountSid,
    author_sid: null,
    friendly_name: flow.friendlyName,
    definition: flow.definition,
    status: flow.status,
    revision: flow.revision,
    commit_message: flow.commitMessage,
    valid: true,
    errors: [],
    date_created: isoSeconds(flow.dateCreated),
    date_updated: isoSeconds(flow.dateUpdated),
    url: `${flowUrl(flow.sid)}/Revisions/${flow.revision}`,
  };
}

function flowJson(flow: Flow, accountSid: string): object {
  const url = flowUrl(flow.sid);
  return {
    ...revisionJson(flow, accountSid),
    warnings: [],
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flow.sid}`,
    url,
    links: {
      test_users: `${url}/TestUsers`,
      revisions: `${url}/Revisions`,
      executions: `${url}/Executions`,
    },
  };
}
