/** The REST API: https://taskrouter.twilio.com/v1, as far as a custom chat needs it. */
import type { FastifyInstance } from 'fastify';
import { scope } from '../../core/scope';
import { activityRoutes } from './activities';
import type { TaskRouterApi } from './paths';
import { reservationRoutes } from './reservations';
import { taskChannelRoutes } from './task-channels';
import { taskQueueRoutes } from './task-queues';
import { taskRoutes } from './tasks';
import { workerChannelRoutes } from './worker-channels';
import { workerRoutes } from './workers';
import { workflowRoutes } from './workflows';
import { workspaceRoutes } from './workspaces';

const PREFIX = '/taskrouter.twilio.com/v1/Workspaces';

export function registerRest(http: FastifyInstance, api: TaskRouterApi): void {
  scope(http, PREFIX, (scoped) => {
    // "/Workers/Statistics" is an operation of its own, which is not built, and no Worker with that SID.
    scoped.addHook('preHandler', (request, reply, done) => {
      const isStatistics = Object.values(request.params as Record<string, string>).some((value) =>
        /Statistics$/.test(value),
      );
      if (isStatistics) reply.callNotFound();
      else done();
    });
    for (const routes of [
      workspaceRoutes,
      activityRoutes,
      taskChannelRoutes,
      taskQueueRoutes,
      workflowRoutes,
      workerRoutes,
      workerChannelRoutes,
      taskRoutes,
      reservationRoutes,
    ]) {
      routes(scoped, api);
    }
  });
}
