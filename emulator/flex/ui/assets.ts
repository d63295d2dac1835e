/**
 * Files that Flex UI loads from Twilio's CDN at run time, and the reports that it sends. A chat needs none of them: the lists are
 * empty, pictures and sounds are blank. Differs: nothing that is reported is kept.
 */
import type { FastifyReply } from 'fastify';
import type { Routing } from '../../core/routing';

const BLANK_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
/** A hundredth of a second. Browsers check the content and refuse an empty sound. */
const SILENCE = toWave(Buffer.alloc(80, 0x80));
const PUBLIC = { config: { credentials: 'none' } } as const;

export function registerAssets(http: Routing): void {
  http.serve('/assets.flex.twilio.com', (app) => {
    // An object instead of this array breaks the page.
    app.get('/assets/countries.json', PUBLIC, () => []);
    app.get('/assets/flagPositions.json', PUBLIC, () => ({}));
  });
  for (const host of ['/assets.flex.twilio.com', '/assets.twilio.com']) {
    http.serve(host, (app) => {
      app.get<{ Params: { '*': string } }>('/*', PUBLIC, ({ params }, reply) => {
        if (/\.css$/.test(params['*'])) return send(reply, 'text/css', '');
        if (/\.(svg|png)$/.test(params['*'])) return send(reply, 'image/svg+xml', BLANK_PICTURE);
        return reply.callNotFound();
      });
    });
  }
  for (const host of ['/sdk.twilio.com', '/media.twiliocdn.com']) {
    http.serve(host, (app) => {
      app.get('/*', PUBLIC, (request, reply) =>
        /\.mp3(\?|$)/.test(request.url) ? send(reply, 'audio/wav', SILENCE) : reply.callNotFound(),
      );
    });
  }
  http.serve('/status.twilio.com', (app) => {
    app.get('/api/v2/summary.json', PUBLIC, () => ({
      status: { indicator: 'none', description: 'All Systems Operational' },
      components: [],
      incidents: [],
      scheduled_maintenances: [],
    }));
  });
  for (const [host, path] of [
    ['/flex.twilio.com', '/logs/batch'],
    ['/flex-sdk.twilio.com', '/*'],
  ] as const) {
    http.serve(host, (app) => {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      app.post(path, PUBLIC, () => ({}));
    });
  }
}

function send(reply: FastifyReply, type: string, body: string | Buffer): FastifyReply {
  return reply.type(type).send(body);
}

/** 8,000 samples of one byte a second, one channel. */
function toWave(samples: Buffer): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
