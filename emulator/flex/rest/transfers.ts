/**
 * /v1/Interactions/{KD}/Channels/{UO}/Transfers. Source: openapi flex_v1 (fields and
 * statuses). Guess: the JSON body, which the specification leaves open, is the one that agents' programs send.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { invalidParameter } from '../../core/errors';
import { toForm } from '../../taskrouter/event-bridge/request';
import { transferJson } from '../event-bridge/json';
import { flexInstanceSid } from '../instance';
import type { Transfer } from '../model';
import { channelOf, channelUrl, type FlexApi } from './paths';

const TRANSFERS = '/:interactionSid/Channels/:channelSid/Transfers';

export function transferRoutes(app: FastifyInstance, api: FlexApi): void {
  const { transfers } = api.domain;
  const toJson = (transfer: Transfer): object => {
    const { interactionSid, channelSid: sid } = transfer;
    return {
      ...transferJson(transfer, { ...api, flex: api.domain, instanceSid: flexInstanceSid(api.accountSid) }),
      url: `${channelUrl({ interactionSid, sid })}/Transfers/${transfer.sid}`,
    };
  };
  const transferOf = (request: FastifyRequest): Transfer => {
    const transfer = transfers.get(param(request, 'sid'));
    return found(transfer?.channelSid === channelOf(request, api).sid ? transfer : undefined, request);
  };

  app.post(TRANSFERS, (request, reply) => {
    const form = toForm(bodyOf(request));
    const transfer = transfers.create(channelOf(request, api), {
      type: form.string('type'),
      from: form.string('from'),
      to: form.required('to'),
      noteSid: form.string('noteSid'),
      summarySid: form.string('summarySid'),
    });
    return reply.code(201).send(toJson(transfer));
  });

  app.get(`${TRANSFERS}/:sid`, (request) => toJson(transferOf(request)));

  // Guess: what a change can be. The chat stays with the agent who has it.
  app.post(`${TRANSFERS}/:sid`, (request) => {
    const transfer = transferOf(request);
    const { status } = bodyOf(request);
    if (status !== 'failed') throw invalidParameter('status must be failed');
    transfers.cancel(transfer);
    return toJson(transfer);
  });
}

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  return Object(body instanceof URLSearchParams ? Object.fromEntries(body) : body) as Record<string, unknown>;
}
