/** A web site on a separate origin, with the embed on its page. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  /** For example `http://127.0.0.1:40123`. */
  origin: string;
  /** The content of the page's <body>; read at each request. */
  body: string;
  /** The page's own style sheet. */
  css: string;
  /** The sources of pictures that its policy allows. */
  pictures: string;
  /** The address of the Functions: the policy allows only their scripts. */
  functionsUrl: string;
  stop(): Promise<void>;
}

/** `/` is a page with a strict policy: no inline script or style, no eval, no origins other than these. */
export async function startSite(): Promise<Site> {
  const server = createServer((request, response) => {
    if (request.url === '/site.css') {
      response.setHeader('Content-Type', 'text/css').end(site.css);
      return;
    }
    const { functionsUrl } = site;
    response.setHeader(
      'Content-Security-Policy',
      [
        `default-src 'none'`,
        `script-src ${functionsUrl}`,
        `style-src 'self'`,
        `img-src ${site.pictures}`,
        `connect-src ${functionsUrl} ws://127.0.0.1:* http://127.0.0.1:*`,
        `frame-src http://127.0.0.1:*`,
        `base-uri 'none'`,
        `form-action 'none'`,
      ].join('; '),
    );
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>` +
        `<meta name="viewport" content="width=device-width, initial-scale=1">` +
        `<link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css"></head>` +
        `<body><main><h1>A shop</h1><a href="#">Basket</a></main>${site.body}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: Site = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    body: '',
    css: '',
    pictures: 'data: blob: http://127.0.0.1:*',
    functionsUrl: '',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}
