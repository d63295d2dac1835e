/** The REST API: https://taskrouter.twilio.com/v1, as far as a custom chat needs it. */
import type { Routing } from '../../core/routing';
import { activityRoutes } from './activities';
import type { TaskRouterApi } from './paths';
import { reservationRoutes } from './reservations';
import { statisticsRoutes } from './statistics';
import { taskChannelRoutes } from './task-channels';
import { taskQueueRoutes } from './task-queues';
import { taskRoutes } from './tasks';
import { workerChannelRoutes } from './worker-channels';
import { workerRoutes } from './workers';
import { workflowRoutes } from './workflows';
import { workspaceRoutes } from './workspaces';

const PREFIX = '/taskrouter.twilio.com/v1/Workspaces';

export function registerRest(http: Routing, api: TaskRouterApi): void {
  http.serve(PREFIX, (scoped) => {
    // "/Workers/Statistics" is an operation that is not built, and no Worker with that SID.
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
      statisticsRoutes,
    ]) {
      routes(scoped, api);
    }
  });
}
