/** /v1/Workspaces/{WS}/Tasks/{WT}/Reservations and .../Workers/{WK}/Reservations. Source: openapi taskrouter_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { RESERVATION_STATUSES, type Reservation } from '../model';
import { MAX_PAGE_SIZE, resourceUrl, taskOf, workerOf, workspaceUrl, type TaskRouterApi } from './paths';

export function reservationRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { reservations } = api.domain;
  serve(app, api, 'Tasks', 'taskSid', (request) => reservations.ofTask(taskOf(request, api)));
  serve(app, api, 'Workers', 'workerSid', (request) => reservations.ofWorker(workerOf(request, api)));
}

function serve(
  app: FastifyInstance,
  api: TaskRouterApi,
  parent: 'Tasks' | 'Workers',
  parentSid: string,
  reservationsOf: (request: FastifyRequest) => Reservation[],
): void {
  serveResources<Reservation>(app, {
    path: `/:workspaceSid/${parent}/:${parentSid}/Reservations`,
    sid: 'sid',
    key: 'reservations',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      query.oneOf('ReservationStatus', RESERVATION_STATUSES);
      return reservationsOf(request)
        .filter((one) => query.admits('ReservationStatus', one.reservationStatus))
        .filter((one) => query.admits('WorkerSid', one.workerSid));
    },
    find: (sid, request) => reservationsOf(request).find((reservation) => reservation.sid === sid),
    update: (reservation, form) => {
      // They are about calls.
      refuseUnbuilt(form, 'Instruction');
      form.required('ReservationStatus');
      const status = form.oneOf('ReservationStatus', RESERVATION_STATUSES)!;
      api.domain.setReservationStatus(reservation, status, form.string('WorkerActivitySid'));
    },
    toJson: (reservation) => reservationJson(reservation, parent, api),
    versionOf: ({ version }) => version,
  });
}

function reservationJson(
  reservation: Reservation,
  parent: 'Tasks' | 'Workers',
  { accountSid }: TaskRouterApi,
): object {
  const { workspaceSid, taskSid, workerSid } = reservation;
  const taskUrl = resourceUrl({ workspaceSid, sid: taskSid }, 'Tasks');
  const workerUrl = resourceUrl({ workspaceSid, sid: workerSid }, 'Workers');
  return {
    sid: reservation.sid,
    account_sid: accountSid,
    workspace_sid: workspaceSid,
    task_sid: taskSid,
    worker_sid: workerSid,
    worker_name: reservation.workerName,
    reservation_status: reservation.reservationStatus,
    date_created: isoSeconds(reservation.dateCreated),
    date_updated: isoSeconds(reservation.dateUpdated),
    url: `${parent === 'Tasks' ? taskUrl : workerUrl}/Reservations/${reservation.sid}`,
    links: { task: taskUrl, worker: workerUrl, workspace: workspaceUrl(workspaceSid) },
  };
}
