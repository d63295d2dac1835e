/** The globals that every Function gets from Twilio's runtime. */
import type * as Twilio from 'twilio';
import { collectConsole } from './functions-log';

/** Loaded by the tests that use it: both packages together take longer to load than most tests to run. */
function load(): object {
  const twilio = require('twilio') as typeof Twilio;
  // twilio-run ships the same Response class as @twilio/runtime-handler, whose "exports" map hides its own copy.
  const { Response } = require('twilio-run/dist/runtime/internal/response') as { Response: unknown };
  return { ...twilio, Response };
}

const asValue = (value: object): object => {
  Object.defineProperty(globalThis, 'Twilio', { configurable: true, writable: true, value });
  return value;
};
Object.defineProperty(globalThis, 'Twilio', {
  configurable: true,
  get: () => asValue(load()),
  // twilio-run sets its own.
  set: asValue,
});

collectConsole();
