// One warm instance of a deployed Environment: a bare Node process that runs the uploaded bytes and nothing else. Plain
// JavaScript, so that no TypeScript loader stands between Node and the deployed code.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';

/** Nothing deployed here may leave the machine; Twilio's hosts are reached through the proxy, by its address. */
dns.lookup = (hostname, options, callback = options) => {
  const error = new Error(`The emulator reaches no host but Twilio's: ${hostname}`);
  process.nextTick(callback, Object.assign(error, { code: 'ENOTFOUND' }));
};

/** It must not reach other processes either: of Node's permissions none is about signals, and one of them opens a debugger. */
for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd']) delete process[name];
delete os.setPriority;

class Response {
  statusCode = 200;
  body = null;
  headers = {};

  constructor({ statusCode = 200, body = null, headers = {} } = {}) {
    Object.assign(this, { statusCode, body });
    this.setHeaders(headers);
  }

  setStatusCode(statusCode) {
    this.statusCode = statusCode;
    return this;
  }

  setBody(body) {
    this.body = body;
    return this;
  }

  setHeaders(headers) {
    this.headers = {};
    for (const [name, value] of Object.entries(headers)) this.appendHeader(name, value);
    return this;
  }

  appendHeader(name, value) {
    this.headers[name] = name in this.headers ? [this.headers[name], value].flat() : value;
    return this;
  }

  setCookie(key, value, attributes = []) {
    return this.appendHeader('Set-Cookie', [`${key}=${value}`, ...attributes].join(';'));
  }

  removeCookie(key) {
    const others = [this.headers['Set-Cookie'] ?? []]
      .flat()
      .filter((cookie) => !cookie.startsWith(`${key}=`));
    this.headers['Set-Cookie'] = [...others, `${key}=;Max-Age=0`];
    return this;
  }
}

let task;
process.on('message', (message) => (message.task ? open(message.task) : invoke(message)));
process.on('disconnect', () => process.exit());

/** The globals that every Function finds. Source: docs https://www.twilio.com/docs/serverless/functions-assets/client */
function open(opened) {
  // Now that Node has read what it reads at its start. The proxy and the temporary folder stay what they are.
  Object.assign(process.env, { ...opened.context, ...process.env });
  const require = createRequire(join(opened.folder, 'handlers', 'task.js'));
  const twilio = load(require, 'twilio') ?? {};
  task = { ...opened, require, twilio };
  globalThis.Twilio = Object.assign({}, twilio, { Response });
  globalThis.Runtime = { getAssets: () => assets(opened), getFunctions: () => opened.functions };
  const output = globalThis.console;
  for (const [level, methods] of Object.entries({
    INFO: ['log', 'info', 'debug'],
    WARN: ['warn'],
    ERROR: ['error'],
  })) {
    for (const method of methods) {
      output[method] = (...parts) => process.send({ log: { level, message: format(...parts) } });
    }
  }
}

function assets({ privateAssets }) {
  return Object.fromEntries(
    Object.entries(privateAssets).map(([path, file]) => [
      path,
      { path: file, open: () => readFileSync(file, 'utf8') },
    ]),
  );
}

function load(require, name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}

function invoke({ file, path, event }) {
  let settled = false;
  const settle = (answer) => {
    if (settled) return;
    settled = true;
    process.send({ answer });
  };
  const { context, twilio } = task;
  const getTwilioClient = (options) =>
    twilio(context.ACCOUNT_SID, context.AUTH_TOKEN, { lazyLoading: true, ...options });
  try {
    const { handler } = task.require(file);
    handler({ ...context, PATH: path, getTwilioClient }, event, (error, payload) =>
      settle(error ? toError(error) : toAnswer(payload)),
    );
  } catch (error) {
    settle(toError(error));
  }
}

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/invocation#callback-function */
function toAnswer(payload) {
  if (payload instanceof Response)
    return { status: payload.statusCode, headers: payload.headers, ...toBody(payload.body) };
  return { status: 200, headers: {}, ...toBody(payload) };
}

function toBody(body) {
  if (body === undefined || body === null) return { type: 'text/plain', body: '' };
  if (typeof body === 'string') return { type: 'text/plain', body };
  if (Buffer.isBuffer(body)) return { type: 'application/octet-stream', body };
  if (isTwiml(body)) return { type: 'text/xml', body: body.toString() };
  return { type: 'application/json', body: JSON.stringify(body) };
}

function isTwiml(body) {
  return Object.values(task.twilio.twiml ?? {}).some(
    (Twiml) => typeof Twiml === 'function' && body instanceof Twiml,
  );
}

/** Guess: what the cloud tells the caller of an error. Its stack goes to the log. */
function toError(error) {
  process.send({ log: { level: 'ERROR', message: error instanceof Error ? error.stack : format(error) } });
  const { message = String(error), name = 'Error' } = error ?? {};
  return { status: 500, headers: {}, type: 'application/json', body: JSON.stringify({ message, name }) };
}
