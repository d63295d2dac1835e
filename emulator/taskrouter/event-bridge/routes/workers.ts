/** Workers, what they take, and what is reserved for them. Source: sdk twilio-taskrouter (Routes) */
import { refuseUnbuilt } from '../../../core/form';
import { checkIfMatch } from '../../../core/resources';
import { RESERVATION_STATUSES, type Reservation } from '../../model';
import type { TaskRouterApi } from '../../rest/paths';
import { matchesWorker } from '../../rest/workers';
import { reservationJson, workerChannelJson, workerJson } from '../json';
import { toBridgePage } from '../page';
import { there, workerOf, workspaceSidOf, WORKSPACE } from '../paths';
import type { BridgeRequest, BridgeRoute } from '../request';

const WORKER = `${WORKSPACE}/Workers/:workerSid`;

export function workerRoutes(api: TaskRouterApi): BridgeRoute[] {
  const { domain } = api;
  const reservationOf = (request: BridgeRequest): Reservation => {
    const { reservationSid = '' } = request.path;
    const mine = domain.reservations.ofWorker(workerOf(request, api));
    return there(
      mine.find(({ sid }) => sid === reservationSid),
      `Reservations/${reservationSid}`,
    );
  };
  return [
    {
      method: 'GET',
      path: `${WORKSPACE}/Workers`,
      handle(request) {
        const { form } = request;
        const all = domain.workers
          .list(workspaceSidOf(request))
          .filter((worker) => matchesWorker(worker, form, api));
        const isDescending = form.string('Ordering') === 'DateStatusChanged:desc';
        if (form.has('Ordering')) {
          all.sort((a, b) => a.dateStatusChanged.getTime() - b.dateStatusChanged.getTime());
        }
        return toBridgePage(isDescending ? all.reverse() : all, form, (worker) => workerJson(worker, api));
      },
    },
    { method: 'GET', path: WORKER, handle: (request) => workerJson(workerOf(request, api), api) },
    {
      method: 'POST',
      path: WORKER,
      handle(request) {
        const worker = workerOf(request, api);
        checkIfMatch(request.ifMatch, worker.version);
        const { form } = request;
        domain.updateWorker(worker, {
          activitySid: form.string('ActivitySid'),
          attributes: form.string('Attributes'),
          rejectPendingReservations: form.boolean('RejectPendingReservations'),
        });
        return workerJson(worker, api);
      },
    },
    {
      method: 'GET',
      path: `${WORKER}/WorkerChannels`,
      handle: (request) =>
        toBridgePage(domain.workers.channelsOf(workerOf(request, api)), request.form, (channel) =>
          workerChannelJson(channel, api),
        ),
    },
    {
      method: 'GET',
      path: `${WORKER}/Reservations`,
      handle(request) {
        const isActive = request.form.string('Active') === 'true';
        const all = domain.reservations
          .ofWorker(workerOf(request, api))
          .filter((one) => !isActive || domain.reservations.isHolding(one));
        return toBridgePage(all, request.form, (one) => reservationJson(one, api));
      },
    },
    {
      method: 'GET',
      path: `${WORKER}/Reservations/:reservationSid`,
      handle: (request) => reservationJson(reservationOf(request), api),
    },
    {
      method: 'POST',
      path: `${WORKER}/Reservations/:reservationSid`,
      handle(request) {
        const reservation = reservationOf(request);
        checkIfMatch(request.ifMatch, reservation.version);
        const { form } = request;
        // Calls, dequeues, conferences and redirects are about calls.
        refuseUnbuilt(form, 'Instruction');
        form.required('ReservationStatus');
        const status = form.oneOf('ReservationStatus', RESERVATION_STATUSES)!;
        domain.setReservationStatus(reservation, status, form.string('WorkerActivitySid'));
        return reservationJson(reservation, api);
      },
    },
  ];
}
