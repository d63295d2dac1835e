/** /Services/{ZS}/Environments/{ZE}/Deployments. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Deployment } from '../model';
import { environmentOf, MAX_PAGE_SIZE, V1, type ServerlessApi } from './routes';

export function deploymentRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const toJson = (deployment: Deployment): object => toDeployment(deployment, accountSid);
  const deployments = '/Services/:serviceSid/Environments/:environmentSid/Deployments';

  app.get(deployments, (request, reply) => {
    const all = domain.deploymentsOf(environmentOf(request, api).sid);
    reply.send(toPage('deployments', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.post(deployments, (request, reply) => {
    const environment = environmentOf(request, api);
    reply.code(201).send(toJson(domain.deploy(environment, formOf(request).required('BuildSid'))));
  });

  app.get(`${deployments}/:deploymentSid`, (request, reply) => {
    const all = domain.deploymentsOf(environmentOf(request, api).sid);
    reply.send(
      toJson(
        found(
          all.find(({ sid }) => sid === param(request, 'deploymentSid')),
          request,
        ),
      ),
    );
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
    url: `${V1}/Services/${serviceSid}/Environments/${environmentSid}/Deployments/${sid}`,
  };
}
