/** The data of Sync's routes, the resources that their paths name, and the `url` of each. */
import type { FastifyRequest } from 'fastify';
import { notFound } from '../../core/errors';
import { found, param } from '../../core/http-api';
import type { SyncLists } from '../domain';
import type { SyncList } from '../model';

export interface SyncApi {
  domain: SyncLists;
  accountSid: string;
}

/** Source: openapi sync_v1 (PageSize) */
export const MAX_PAGE_SIZE = 100;

export function checkService(request: FastifyRequest, { domain }: SyncApi): void {
  const serviceSid = param(request, 'serviceSid');
  if (serviceSid !== domain.serviceSid) throw notFound(`/v1/Services/${serviceSid}`);
}

export function listOf(request: FastifyRequest, api: SyncApi): SyncList {
  checkService(request, api);
  return found(api.domain.find(param(request, 'listSid')), request);
}

export function listUrl({ sid }: SyncList, { domain }: SyncApi): string {
  return `https://sync.twilio.com/v1/Services/${domain.serviceSid}/Lists/${sid}`;
}
