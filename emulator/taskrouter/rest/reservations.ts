/** /v1/Workspaces/{WS}/Tasks/{WT}/Reservations and .../Workers/{WK}/Reservations */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { refuseUnbuilt } from '../../core/form';
import { isoSeconds, toPage } from '../../core/wire';
import { RESERVATION_STATUSES, type Reservation } from '../model';
import type { TaskRouter } from '../domain';
import { resourceUrl, workspaceUrl } from './addresses';
import { checkIfMatch, MAX_PAGE_SIZE, setETag } from './paths';
import { taskOf } from './tasks';
import { workerOf } from './workers';

export function reservationRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const byTask = '/v1/Workspaces/:workspaceSid/Tasks/:taskSid/Reservations';
  serve(app, taskRouter, byTask, 'Tasks', (request) =>
    taskRouter.reservations.ofTask(taskOf(taskRouter, request)),
  );
  const byWorker = '/v1/Workspaces/:workspaceSid/Workers/:workerSid/Reservations';
  serve(app, taskRouter, byWorker, 'Workers', (request) =>
    taskRouter.reservations.ofWorker(workerOf(taskRouter, request)),
  );
}

function serve(
  app: FastifyInstance,
  taskRouter: TaskRouter,
  list: string,
  parent: 'Tasks' | 'Workers',
  reservationsOf: (request: FastifyRequest) => Reservation[],
): void {
  const toJson = (reservation: Reservation): object => reservationJson(reservation, parent, taskRouter);
  const find = (request: FastifyRequest): Reservation =>
    found(
      reservationsOf(request).find((reservation) => reservation.sid === param(request, 'sid')),
      request,
    );

  app.get(list, (request) => {
    const query = queryOf(request);
    const status = query.oneOf('ReservationStatus', RESERVATION_STATUSES);
    const workerSid = query.string('WorkerSid');
    const all = reservationsOf(request).filter(
      (one) =>
        (status === undefined || one.reservationStatus === status) &&
        (workerSid === undefined || one.workerSid === workerSid),
    );
    return toPage('reservations', all, toJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.get(`${list}/:sid`, (request, reply) => {
    const reservation = find(request);
    setETag(reply, reservation);
    return toJson(reservation);
  });

  app.post(`${list}/:sid`, (request, reply) => {
    const reservation = find(request);
    checkIfMatch(request, reservation);
    const form = formOf(request);
    // They are about calls.
    refuseUnbuilt(form, 'Instruction');
    form.required('ReservationStatus');
    const status = form.oneOf('ReservationStatus', RESERVATION_STATUSES)!;
    taskRouter.setReservationStatus(reservation, status, form.string('WorkerActivitySid'));
    setETag(reply, reservation);
    return toJson(reservation);
  });
}

function reservationJson(
  reservation: Reservation,
  parent: 'Tasks' | 'Workers',
  { account }: TaskRouter,
): object {
  const { workspaceSid, taskSid, workerSid } = reservation;
  const taskUrl = resourceUrl({ workspaceSid, sid: taskSid }, 'Tasks');
  const workerUrl = resourceUrl({ workspaceSid, sid: workerSid }, 'Workers');
  return {
    sid: reservation.sid,
    account_sid: account.accountSid,
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
