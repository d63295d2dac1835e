/** The Functions over HTTP, from the TypeScript sources, on the runtime's own local server. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { Emulator } from '../../emulator/emulator';
import { FUNCTIONS } from '../../scripts/build/declared-functions';
import { EXAMPLE_FUNCTIONS } from './example-functions';

const root = join(__dirname, '..', '..');

/** The settings of `.env.emulator`, for an emulator on another port. */
export function emulatorSettings(emulator: Pick<Emulator, 'url'>): Record<string, string> {
  return {
    ...parse(readFileSync(join(root, '.env.emulator'))),
    TWILIO_API_BASE_URL: emulator.url,
    TWILIO_REALTIME_URL: `${emulator.url.replace('http', 'ws')}/v3/wsconnect`,
  };
}

export interface FunctionsServer {
  /** For example `http://localhost:40123`; always one of the allowed origins. */
  url: string;
  stop(): Promise<void>;
}

/**
 * `env` takes the place of the platform's environment. It is read at each call, so a test may change it. `watch` sees each
 * request before the Functions do.
 */
export async function startFunctions({
  env,
  watch,
}: {
  env: Record<string, string>;
  watch?: RequestListener;
}): Promise<FunctionsServer> {
  // Required here: loading it sets the Function globals, which unit tests get from runtime.ts.
  const { LocalDevelopmentServer } = require('@twilio/runtime-handler/dev');
  const functions = [...FUNCTIONS, ...EXAMPLE_FUNCTIONS].map(({ path, filePath, visibility }) => ({
    name: path.slice(1),
    path,
    filePath,
    access: visibility,
    content: '',
  }));
  const app = new LocalDevelopmentServer(0, {
    baseDir: root,
    env,
    port: 0,
    url: 'http://localhost',
    detailedLogs: false,
    live: false,
    logs: false,
    legacyMode: false,
    appName: 'test',
    forkProcess: false, // In process, where Jest's require transforms the TypeScript.
    routes: { functions, assets: [] },
    logger: console,
    enableDebugLogs: false,
  }).getApp();
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer((request, response) => {
      watch?.(request, response);
      app(request, response);
    }).listen(0, () => resolve(listening));
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  env['ALLOWED_ORIGINS'] = [env['ALLOWED_ORIGINS'], url].filter(Boolean).join(',');
  return {
    url,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Reply<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A POST as from the customer's page: JSON, from an allowed origin. `headers` add to those or replace them. */
export async function post<Body = Record<string, unknown>>(
  server: FunctionsServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<Body>> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}
