/** What every TaskRouter route needs: the Workspace of the path, ETags, and small checks of parameters. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TwilioError } from '../../core/errors';
import { found, param } from '../../core/http-api';
import type { Workspace } from '../model';
import type { TaskRouter } from '../domain';

/** Source: openapi taskrouter_v1 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

export type Params = Record<string, string>;

export function workspaceOf(taskRouter: TaskRouter, request: FastifyRequest): Workspace {
  return found(taskRouter.workspaces.find(param(request, 'workspaceSid')), request);
}

/** Names the version that the answer shows. Guess: the form of the tag; clients only send it back. */
export function setETag(reply: FastifyReply, resource: { version: number }): void {
  reply.header('ETag', `"${resource.version}"`);
}

/** A lost race. Source: openapi taskrouter_v1 (If-Match). Guess: the code 20412. */
export function checkIfMatch(request: FastifyRequest, resource: { version: number }): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*') return;
  if (wanted.replace(/^W\/|"/g, '') !== String(resource.version)) {
    throw new TwilioError(412, 20412, 'Precondition failed: the resource has changed');
  }
}
