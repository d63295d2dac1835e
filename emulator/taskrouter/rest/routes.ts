/** The REST face: https://taskrouter.twilio.com/v1, as far as a custom chat needs it. */
import type { FastifyInstance } from 'fastify';
import type { TaskRouter } from '../domain';
import { activityRoutes, taskChannelRoutes } from './activities';
import { taskQueueRoutes, workflowRoutes } from './task-queues';
import type { Params } from './paths';
import { reservationRoutes } from './reservations';
import { taskRoutes } from './tasks';
import { workerChannelRoutes, workerRoutes } from './workers';
import { workspaceRoutes } from './workspaces';

const HOST = '/taskrouter.twilio.com';

export function registerTaskRouterRest(app: FastifyInstance, taskRouter: TaskRouter): void {
  app.register(
    async (scoped) => {
      // "/Workers/Statistics" is an operation of its own, which is not built, and no Worker with that SID.
      scoped.addHook('preHandler', (request, reply, done) => {
        const isStatistics = Object.values(request.params as Params).some((value) =>
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
        routes(scoped, taskRouter);
      }
    },
    { prefix: HOST },
  );
}
