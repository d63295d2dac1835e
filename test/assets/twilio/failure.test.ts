/** How transient failures are separated from answers. */
import { failureIn, networkFailure } from '../../../src/assets/twilio/failure.private';

describe('the outcome of a call', () => {
  const json = (code: number) => ({ code, message: 'Twilio says so', status: 0 });

  it.each([
    ['429', { statusCode: 429, body: json(20429) }, 'refused'],
    ['two colliding changes', { statusCode: 409, body: json(50391) }, 'refused'],
    ['500', { statusCode: 500, body: json(20500) }, 'lost'],
    ['502 as a page', { statusCode: 502, body: '<html>' }, 'lost'],
    ['503', { statusCode: 503, body: json(20503) }, 'lost'],
    ['a gateway timeout', { statusCode: 504, body: '' }, 'late'],
    ['a page instead of an answer', { statusCode: 200, body: '<html>' }, 'lost'],
    ['a deletion without a body', { statusCode: 204, body: '' }, undefined],
    ['a taken name', { statusCode: 409, body: json(50353) }, undefined],
    ['a bad request', { statusCode: 400, body: json(20001) }, undefined],
  ])('%s', (_name, response, outcome) => {
    expect(failureIn(response)?.outcome).toBe(outcome);
  });

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'refused'],
    ['ECONNRESET', 'lost'],
    ['EPIPE', 'lost'],
    ['ECONNABORTED', 'late'],
    ['ETIMEDOUT', 'late'],
    [undefined, 'lost'],
  ])('%s', (code, outcome) => {
    expect(networkFailure({ code }).outcome).toBe(outcome);
  });

  it.each([
    ['7', 7],
    ['soon', undefined],
    [undefined, undefined],
  ])('Retry-After %s', (header, seconds) => {
    const failure = failureIn({ statusCode: 429, body: json(20429), headers: { 'retry-after': header } });

    expect(failure?.details.retryAfterSeconds).toBe(seconds);
  });

  it('Retry-After as a date', () => {
    const date = new Date(Date.now() + 60_000).toUTCString();

    const failure = failureIn({ statusCode: 503, body: json(20503), headers: { 'retry-after': date } });

    expect(failure?.details.retryAfterSeconds).toBeGreaterThan(57);
    expect(failure?.details.retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});
