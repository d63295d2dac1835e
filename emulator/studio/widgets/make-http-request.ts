/** Make HTTP Request. Source: docs https://www.twilio.com/docs/studio/widget-library/http-request */
import { render } from '../liquid';
import { basicAuth, call, type HttpCall } from './http-call';
import { PARAMETERS, renderParameters } from './parameters';
import { texts, type Widget, type WidgetRun } from './widget';

const OUTCOMES = {
  success: 'success',
  failure: 'failed',
  isSuccess: (status: number): boolean => status >= 200 && status < 300,
};

export const makeHttpRequest: Widget = {
  schema: {
    required: ['url'],
    properties: {
      ...texts('url body content_type'),
      method: { enum: ['GET', 'POST'] },
      parameters: PARAMETERS,
      add_twilio_auth: { type: 'boolean' },
    },
    events: ['success', 'failed'],
  },
  run: (run) => call(toCall(run), OUTCOMES, run.outside),
};

/** What the console starts with, together with GET. */
const FORM = 'application/x-www-form-urlencoded;charset=utf-8';

/** Guess: parameters go into the query of a GET and into the form of a POST; a body takes precedence over them. */
function toCall({ state, context, outside }: WidgetRun): HttpCall {
  const property = (name: string): string => render(state.properties[name], context);
  const parameters = new URLSearchParams(
    renderParameters(state.properties['parameters'], context) as Record<string, string>,
  ).toString();
  const url = property('url');
  const authorization =
    state.properties['add_twilio_auth'] === true ? basicAuth(outside.accountSid, outside.authToken) : {};
  if (property('method') !== 'POST') {
    const query = parameters === '' ? '' : `${url.includes('?') ? '&' : '?'}${parameters}`;
    return { url: `${url}${query}`, method: 'GET', headers: authorization, body: null };
  }
  return {
    url,
    method: 'POST',
    headers: { ...authorization, 'content-type': property('content_type') || FORM },
    body: property('body') || parameters,
  };
}
