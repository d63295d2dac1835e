/** Channels of Interactions in the event bridge's tunnel: accept, end, complete, pause, resume, leave. Source: sdk @twilio/flex-sdk (cbm) */
import { invalidParameter, notFound } from '../../core/errors';
import type { BridgeRequest, BridgeRoute } from '../../taskrouter/event-bridge/request';
import { channelJson, pausedChannelJson, type InteractionsApi } from './json';
import { CHANNEL, CHANNELS, channelOf } from './paths';

export function channelRoutes(api: InteractionsApi): BridgeRoute[] {
  const { interactions, taskrouter } = api.flex;
  return [
    {
      method: 'GET',
      path: CHANNELS,
      handle: ({ path }) => ({ channels: interactions.channelsOf(path['interactionSid']!).map(channelJson) }),
    },
    {
      method: 'POST',
      path: `${CHANNEL}/Invites/:inviteSid`,
      handle(request) {
        const { inviteSid = '' } = request.path;
        const invite = interactions.invite(inviteSid);
        if (invite?.channelSid !== channelOf(request, api).sid) throw notFound(`/Invites/${inviteSid}`);
        const { reservation: given } = routingOf(request);
        const { sid } = Object(given) as { sid?: unknown };
        const reservation = taskrouter.reservations.get(typeof sid === 'string' ? sid : null);
        if (reservation?.taskSid !== invite.taskSid || reservation?.workerSid !== request.caller.workerSid) {
          throw notFound(`/Reservations/${String(sid)}`);
        }
        const action = request.form.oneOf('action', ['accept', 'decline']);
        taskrouter.setReservationStatus(reservation, action === 'accept' ? 'accepted' : 'rejected');
        return { sid: invite.sid, interaction_sid: invite.interactionSid, channel_sid: invite.channelSid };
      },
    },
    {
      method: 'POST',
      path: CHANNEL,
      handle(request) {
        const channel = channelOf(request, api);
        setStatus(request, api);
        return channelJson(channel);
      },
    },
    {
      method: 'GET',
      path: 'v1/Channels',
      handle({ form, caller }) {
        form.required('status');
        const status = form.oneOf('status', ['pause'])!;
        const paused = interactions
          .channelsIn(status)
          .filter(({ pausedBy }) => pausedBy === caller.workerSid)
          .map((channel) => pausedChannelJson(channel, api));
        const pageSize = form.integer('pageSize') ?? 50;
        const start = form.integer('pageToken') ?? 0;
        const next = start + pageSize < paused.length ? String(start + pageSize) : null;
        return {
          content: paused.slice(start, start + pageSize),
          meta: {
            list_key: 'content',
            previous_token: start > 0 ? String(Math.max(0, start - pageSize)) : null,
            next_token: next,
            direct_token: false,
            page_size: pageSize,
          },
        };
      },
    },
  ];
}

function setStatus(request: BridgeRequest, api: InteractionsApi): void {
  const { form, caller } = request;
  const { flex } = api;
  const channel = channelOf(request, api);
  form.required('status');
  switch (form.oneOf('status', ['closed', 'pause', 'active', 'inactive'])) {
    case 'closed':
      // `wrapup` ends the chat and leaves the agent to finish, `closed` completes the Task, too.
      return flex.agents.closeChannel(channel, routingOf(request)['status'] === 'closed');
    case 'active':
      return void flex.resumeChannel(channel);
    case 'pause':
      if (channel.status !== 'active') throw invalidParameter(`Channel ${channel.sid} is ${channel.status}`);
      return flex.agents.pauseChannel(channel, caller.workerSid);
    default:
      return flex.agents.deactivateChannel(channel);
  }
}

/** `{ status }` or `{ reservation: { sid } }`; in some calls the status alone. */
function routingOf({ form }: BridgeRequest): Record<string, unknown> {
  const text = form.string('routing');
  if (text === undefined || !text.startsWith('{')) return { status: text };
  return Object(form.json('routing')) as Record<string, unknown>;
}
