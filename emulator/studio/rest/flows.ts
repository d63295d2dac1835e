/** /v2/Flows, their revisions, and /v2/Flows/Validate */
import type { FastifyInstance } from 'fastify';
import type { Form } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Flow, FlowStatus } from '../model';
import { parseDefinition } from '../validation';
import { flowOf, flowUrl, MAX_PAGE_SIZE } from './paths';
import type { StudioApi } from './routes';

export function flowRoutes(app: FastifyInstance, { studio, accountSid }: StudioApi): void {
  const { flows } = studio;
  const toJson = (flow: Flow): object => flowJson(flow, accountSid);
  const toRevisionJson = (flow: Flow): object => revisionJson(flow, accountSid);

  // Without the definitions, which only a single Flow shows. Guess: as in Twilio's own lists, they are left null.
  app.get('/', (request) =>
    toPage(
      'flows',
      flows.list(),
      (flow) => ({ ...toJson(flow), definition: null }),
      pageOf(request, MAX_PAGE_SIZE),
    ),
  );

  app.post('/', (request, reply) => {
    const wanted = newFlow(formOf(request));
    reply.code(201);
    return toJson(flows.create(wanted));
  });

  app.post('/Validate', (request) => {
    parseDefinition(newFlow(formOf(request)).definition);
    return { valid: true };
  });

  app.get('/:flowSid', (request) => toJson(flowOf(studio, request)));

  app.post('/:flowSid', (request) => {
    const flow = flowOf(studio, request);
    const form = formOf(request);
    return toJson(
      flows.update(flow, {
        status: statusOf(form),
        ...(form.has('FriendlyName') && { friendlyName: form.required('FriendlyName') }),
        ...(form.has('Definition') && { definition: form.required('Definition') }),
        commitMessage: form.string('CommitMessage') ?? null,
      }),
    );
  });

  app.delete('/:flowSid', (request, reply) => {
    flows.delete(flowOf(studio, request));
    return reply.code(204).send();
  });

  app.get('/:flowSid/Revisions', (request) => {
    const newestFirst = flows.revisionsOf(flowOf(studio, request).sid).toReversed();
    return toPage('revisions', newestFirst, toRevisionJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.get('/:flowSid/Revisions/:revision', (request) => {
    const { sid } = flowOf(studio, request);
    const wanted = param(request, 'revision');
    const revisions = flows.revisionsOf(sid);
    const flow =
      wanted === 'LatestRevision'
        ? revisions.at(-1)
        : wanted === 'LatestPublished'
          ? flows.published(sid)
          : revisions.find(({ revision }) => String(revision) === wanted);
    return toRevisionJson(found(flow, request));
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
