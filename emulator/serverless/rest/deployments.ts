/** /Services/{ZS}/Environments/{ZE}/Deployments. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Deployment } from '../model';
import { environmentOf, environmentUrl, MAX_PAGE_SIZE, type ServerlessApi } from './paths';

export function deploymentRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;

  serveResources<Deployment>(app, {
    path: '/Services/:serviceSid/Environments/:environmentSid/Deployments',
    sid: 'deploymentSid',
    key: 'deployments',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => domain.deploymentsOf(environmentOf(request, api).sid),
    find: (wanted, request) =>
      domain.deploymentsOf(environmentOf(request, api).sid).find(({ sid }) => sid === wanted),
    create: (form, request) => domain.deploy(environmentOf(request, api), form.required('BuildSid')),
    toJson: (deployment) => toDeployment(deployment, accountSid),
  });
}

function toDeployment(deployment: Deployment, accountSid: string): object {
  const { sid, serviceSid, environmentSid, buildSid } = deployment;
  return {
    sid,
    account_sid: accountSid,
    service_sid: serviceSid,
    environment_sid: environmentSid,
    build_sid: buildSid,
    date_created: isoSeconds(deployment.dateCreated),
    date_updated: isoSeconds(deployment.dateCreated),
    url: `${environmentUrl(deployment)}/Deployments/${sid}`,
  };
}
