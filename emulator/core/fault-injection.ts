/** Applies journal and faults to every REST call. */
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from './clock';
import { TwilioError } from './errors';
import type { Fault, Faults } from './faults';
import { toParameters, withoutSecret, type Journal, type JournalEntry } from './journal';
import { hostOf, pathOf } from './twilio-address';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for requests that are not for Twilio. */
    journalEntry: JournalEntry | null;
    /** As the client sent it: a pre-event webhook can replace the body. */
    receivedForm: URLSearchParams | null;
  }
}

export interface Observers {
  journal: Journal;
  faults: Faults;
  clock: Clock;
}

/** Before authentication, so that the journal shows refused calls too. */
export function observeRequests(app: FastifyInstance, { journal, faults, clock }: Observers): void {
  /** Connections that wait for an answer, possibly forever. */
  const waiting = new Set<Socket>();
  /** Returns a function that releases it; a connection serves many requests. */
  const hold = ({ raw: { socket } }: FastifyRequest): (() => void) => {
    const release = (): void => {
      waiting.delete(socket);
      socket.off('close', release);
    };
    waiting.add(socket);
    socket.once('close', release);
    return release;
  };

  /** The time counts from arrival, but what came with the request is read first: a client may give up meanwhile. */
  const delays = new WeakMap<FastifyRequest, Promise<void>>();

  app.decorateRequest('journalEntry', null);
  app.decorateRequest('receivedForm', null);

  app.addHook('onRequest', (request, reply, done) => {
    const host = hostOf(request.url);
    if (host === undefined) return done();
    const { method } = request;
    const path = pathOf(request);
    const at = clock.date();
    const entry = journal.arrive({ host, method, path }, () => ({
      at: at.toISOString(),
      query: toParameters(new URLSearchParams(request.url.split('?')[1])),
      form: request.receivedForm ? toParameters(request.receivedForm) : {},
      headers: withoutSecret(request.headers),
    }));
    request.journalEntry = entry;

    const fault = faults.meet(entry);
    if (fault === undefined) return done();
    entry.fault = fault.kind;
    switch (fault.kind) {
      case 'status':
        answerWith(fault, reply);
        return;
      case 'resetBefore':
        journal.closeEntry(entry);
        reply.hijack();
        request.raw.socket.destroy();
        return;
      case 'hang':
        journal.closeEntry(entry);
        hold(request);
        reply.hijack();
        return;
      case 'delay': {
        const release = hold(request);
        const delay = new Promise<void>((resolve) => clock.after(fault.delayMs ?? 0, resolve));
        delays.set(request, delay.then(release));
        return done();
      }
      case 'resetAfter':
        return done();
    }
  });

  app.addHook('preHandler', (request, _reply, done) => {
    if (request.body instanceof URLSearchParams) request.receivedForm = request.body;
    const delay = delays.get(request);
    if (delay) delay.then(() => done());
    else done();
  });

  // Not onResponse: a client that has its answer must find the call in the journal.
  app.addHook('onSend', (request, reply, payload, done) => {
    const entry = request.journalEntry;
    if (entry) {
      journal.answer(entry, reply.statusCode, typeof payload === 'string' ? payload : '');
      if (entry.fault === 'resetAfter') request.raw.socket.destroy();
    }
    done(null, payload);
  });

  app.addHook('preClose', async () => {
    for (const socket of waiting) socket.destroy();
  });
}

/** Each is a page of the error dictionary, https://www.twilio.com/docs/api/errors/N: what clients look for with that status. */
const CODES: Record<number, number> = {
  401: 20003,
  403: 20403,
  404: 20404,
  412: 20412,
  429: 20429,
  503: 20503,
};

function answerWith({ status = 500, headers = {}, body }: Fault, reply: FastifyReply): void {
  const code = CODES[status] ?? (status < 500 ? 20001 : 20500);
  const answer = body ?? new TwilioError(status, code, `Injected fault: HTTP ${status}`).toBody();
  reply.code(status);
  if (typeof answer === 'string') reply.headers(headers).send(answer);
  // Written out here: Fastify would refuse an object beside another content type, after this request was let through.
  else reply.type('application/json; charset=utf-8').headers(headers).send(JSON.stringify(answer));
}
