/** Run Function: a deployed Function, or one that runs on this machine. Source: docs https://www.twilio.com/docs/studio/widget-library/run-function */
import { twilioSignature } from '../../core/signature';
import { render } from '../liquid';
import { call } from './http-call';
import { renderParameters } from './set-variables';
import type { Widget } from './widget';

const OUTCOMES = {
  success: 'success',
  failure: 'fail',
  isSuccess: (status: number): boolean => status >= 200 && status < 400,
};

/** Guess: signed like a webhook, so that a `.protected` Function answers. */
export const runFunction: Widget = ({ state, context, outside }) => {
  const url = render(state.properties['url'], context);
  const parameters = renderParameters(state.properties['parameters'], context) as Record<string, string>;
  return call(
    {
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': twilioSignature(outside.authToken, url, parameters),
      },
      body: new URLSearchParams(parameters).toString(),
    },
    OUTCOMES,
    outside,
  );
};
