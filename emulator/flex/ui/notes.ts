/** Notes that an agent leaves for the next one: a transfer names one. Source: sdk @twilio/flex-sdk (ChannelNote). Guess: how one is created. */
import type { FastifyRequest } from 'fastify';
import { createSid } from '../../core/sids';
import { found, param } from '../../core/http-api';
import { checkIfMatch } from '../../core/resources';
import type { Routing } from '../../core/routing';
import { isoSeconds } from '../../core/wire';
import type { Note } from '../model';
import type { UiApi } from './api';

const NOTES = '/preview.twilio.com/Flex/Instances/:instanceSid/Notes';

export function registerNotes(http: Routing, { domain, clock }: UiApi): void {
  const noteOf = (request: FastifyRequest): Note =>
    found(domain.notes.get(param(request, 'noteSid')), request);
  const textOf = ({ body }: FastifyRequest): { content?: string; summary?: string } =>
    Object(body instanceof URLSearchParams ? Object.fromEntries(body) : body) as object;

  http.serve(NOTES, (app) => {
    app.post('', (request, reply) => {
      const { content = null, summary = null } = textOf(request);
      const now = clock.date();
      const note = { sid: createSid('NT'), content, summary, version: 0, dateCreated: now, dateUpdated: now };
      domain.notes.set(note.sid, note);
      return reply.code(201).send(noteJson(note));
    });

    app.get('/:noteSid', (request, reply) => {
      const note = noteOf(request);
      return reply.header('ETag', `"${note.version}"`).send(noteJson(note));
    });

    app.post('/:noteSid', (request, reply) => {
      const note = noteOf(request);
      checkIfMatch(request.headers['if-match'], note.version);
      Object.assign(note, textOf(request), { version: note.version + 1, dateUpdated: clock.date() });
      return reply.header('ETag', `"${note.version}"`).send(noteJson(note));
    });
  });
}

function noteJson({ sid, content, summary, dateCreated, dateUpdated }: Note): object {
  return {
    sid,
    content,
    summary,
    date_created: isoSeconds(dateCreated),
    date_updated: isoSeconds(dateUpdated),
  };
}
