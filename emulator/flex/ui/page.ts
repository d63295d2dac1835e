/**
 * `/flex/`: the real Flex UI in an ordinary browser. Twilio's own file, byte for byte, between a script that redirects its
 * requests for Twilio to the emulator, and one that logs an agent in.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../core/account';
import type { FlexUi } from '../../core/flex-ui';
import { found } from '../../core/http-api';
import { FLEX_UI_FOLDER } from '../../core/places';
import type { Routing } from '../../core/routing';
import { bundlePlugin, pluginName } from './plugins';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

export function registerPage(http: Routing, flexUi: FlexUi, account: Account): void {
  http.serve('/flex', (app) => {
    app.get('', (request, reply) => reply.redirect(request.url.replace(/^\/flex/, '/flex/')));
    app.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        // Prevents clickjacking by a foreign page.
        .header('content-security-policy', "frame-ancestors 'self'")
        .send(readFileSync(join(FLEX_UI_FOLDER, existsSync(flexUi.file) ? 'index.html' : 'missing.html'))),
    );
    for (const name of ['redirect.js', 'start.js']) {
      app.get(`/${name}`, (_request, reply) =>
        reply
          .type(JAVASCRIPT)
          .header('cache-control', 'no-store')
          .send(readFileSync(join(FLEX_UI_FOLDER, name))),
      );
    }
    app.get('/settings.js', (_request, reply) =>
      reply
        .type(JAVASCRIPT)
        .header('cache-control', 'no-store')
        .send(`window.appConfig = ${JSON.stringify(settingsFor(account))};`),
    );
    app.get('/flex-ui.js', (request, reply) => {
      const file = found(existsSync(flexUi.file) ? flexUi.file : undefined, request);
      return reply.type(JAVASCRIPT).send(createReadStream(file));
    });
    app.get<{ Params: { name: string } }>('/plugins/:name', async (request, reply) => {
      const plugin = flexUi.plugins.find((path) => `${pluginName(path)}.js` === request.params.name);
      return reply
        .type(JAVASCRIPT)
        .header('cache-control', 'no-store')
        .send(await bundlePlugin(found(plugin, request)));
    });
  });
  http.serve('/flex.twilio.com', (app) => {
    // Flex UI's request for the plugins that are released to the account.
    app.get('/plugins', (request) =>
      flexUi.plugins.map((path) => ({
        name: pluginName(path),
        uniqueName: pluginName(path),
        version: '0.0.0',
        src: `http://${request.headers.host}/flex/plugins/${pluginName(path)}.js`,
        phase: 3,
        enabled: true,
        isPrivate: false,
        dependencies: {},
      })),
    );
  });
}

/** The configuration of a self-hosted Flex UI. Source: docs https://www.twilio.com/docs/flex/developer/ui/configuration */
function settingsFor({ accountSid }: Account) {
  return { accountSid, sso: { accountSid }, logLevel: 'warn', ytica: false };
}
