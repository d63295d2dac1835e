/** The globals that every Function gets from Twilio's runtime. */
import twilio from 'twilio';
import { collectConsole } from './functions-log';

// twilio-run ships the same Response class as @twilio/runtime-handler, whose "exports" map hides its own copy.
const { Response } = require('twilio-run/dist/runtime/internal/response');

Object.assign(globalThis, { Twilio: { ...twilio, Response } });

collectConsole();
