/** Run Function: a deployed Function, or one that runs on this machine. Source: docs https://www.twilio.com/docs/studio/widget-library/run-function */
import { render } from '../liquid';
import { call } from './http-call';
import { PARAMETERS, renderParameters } from './parameters';
import type { Widget } from './widget';

const TEXT_OR_NULL = { type: ['string', 'null'] };

const OUTCOMES = {
  success: 'success',
  failure: 'fail',
  isSuccess: (status: number): boolean => status >= 200 && status < 400,
};

export const runFunction: Widget = {
  schema: {
    required: ['url'],
    properties: {
      url: { type: 'string', minLength: 1 },
      // Null where the Function belongs to no Service of the account.
      service_sid: TEXT_OR_NULL,
      environment_sid: TEXT_OR_NULL,
      function_sid: TEXT_OR_NULL,
      parameters: PARAMETERS,
    },
    events: ['success', 'fail'],
  },
  run({ state, context, outside }) {
    const url = render(state.properties['url'], context);
    const parameters = renderParameters(state.properties['parameters'], context) as Record<string, string>;
    return call(
      {
        url,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        },
        body: new URLSearchParams(parameters).toString(),
      },
      OUTCOMES,
      outside,
    );
  },
};
