/** Web sites of other people: each page of this folder as its site would serve it, on an origin that is not the chat's. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { launchChromium } from '../../support/chromium';
import { startStack } from '../../support/stack';
import { Visitor } from '../../support/visitor';
import { WidgetWorld } from '../../support/widget-world';
import { clientScript, renderPage } from './react-ssr';

/** Where the packages keep what a page loads. */
const VENDOR: Record<string, string> = {
  'turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
  'idiomorph.js': 'idiomorph/dist/idiomorph.js',
  'bootstrap.js': 'bootstrap/dist/js/bootstrap.bundle.js',
  'bootstrap.css': 'bootstrap/dist/css/bootstrap.css',
};

/** A name that is no loopback address: a page under it that came over http is no secure one. */
const INTRANET = 'intranet.test';

export interface Host {
  /** For example `http://127.0.0.1:40123`. */
  origin: string;
  intranetOrigin: string;
  functionsUrl: string;
  stop(): Promise<void>;
}

async function startHost(): Promise<Host> {
  let waiting: (() => void) | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    void serve(pathname, response).catch(() => response.writeHead(404).end());
  });
  const html = (name: string): string =>
    readFileSync(join(__dirname, `${name}.html`), 'utf8').replaceAll('{{functions}}', host.functionsUrl);
  async function serve(pathname: string, response: ServerResponse): Promise<void> {
    const [, folder, file] = /^\/(?:(vendor|own)\/)?([\w.-]+)$/.exec(pathname)!;
    const type = file!.endsWith('.css')
      ? 'text/css'
      : file!.endsWith('.js')
        ? 'text/javascript'
        : 'text/html';
    response.setHeader('Content-Type', `${type}; charset=utf-8`);
    if (folder === 'vendor') {
      response.end(readFileSync(join(__dirname, '../../../node_modules', VENDOR[file!]!)));
    } else if (folder === 'own') {
      response.end(await (await fetch(`${host.functionsUrl}/${file}`)).text());
    } else if (file === 'rest') {
      waiting!();
      response.end();
    } else if (file === 'react-client.js') response.end(await clientScript());
    else if (file === 'react-ssr') response.end(await renderPage(host.functionsUrl));
    else if (file === 'streamed') {
      const [head, rest] = html(file).split('<!-- the rest comes later -->');
      response.write(head);
      waiting = () => response.end(rest);
    } else {
      if (file === 'trusted-types') response.setHeader('Content-Security-Policy', strictPolicy(host));
      response.end(html(file!));
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host: Host = {
    origin: `http://127.0.0.1:${port}`,
    intranetOrigin: `http://${INTRANET}:${port}`,
    functionsUrl: '',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return host;
}

/** As docs/widget.md gives it, for the emulator's addresses. */
function strictPolicy({ functionsUrl }: Host): string {
  return [
    `default-src 'none'`,
    `script-src ${functionsUrl}`,
    `connect-src ${functionsUrl} ws://127.0.0.1:* http://127.0.0.1:*`,
    `img-src data: blob: http://127.0.0.1:*`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types flex-chat`,
  ].join('; ');
}

export class HostWorld extends WidgetWorld {
  host!: Host;

  /** A visitor opens this page. */
  async comeTo(
    page: string,
    options: BrowserContextOptions = {},
    origin = this.host.origin,
  ): Promise<Visitor> {
    return this.welcome(await Visitor.arrive(this.browser, { origin: `${origin}/${page}` }, options));
  }
}

/** To be called once inside a `describeInBrowser`. Every test begins with an empty emulator. */
export function useHost(settings: Record<string, string> = {}): HostWorld {
  const world = new HostWorld();
  beforeAll(async () => {
    world.host = await startHost();
    const { origin, intranetOrigin } = world.host;
    world.stack = await startStack({ ALLOWED_ORIGINS: `${origin},${intranetOrigin}`, ...settings }, [
      intranetOrigin,
    ]);
    world.host.functionsUrl = world.stack.functionsUrl;
    world.browser = await launchChromium({ args: [`--host-resolver-rules=MAP ${INTRANET} 127.0.0.1`] });
  });
  beforeEach(() => world.stack.emulator.reset());
  afterEach(() => world.close());
  afterAll(async () => {
    await world.browser?.close();
    await world.stack?.stop();
    await world.host?.stop();
  });
  return world;
}
