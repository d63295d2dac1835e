/** The chat on a page whose Functions require a human check. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeInBrowser } from '../support/chromium';
import { useWidget } from '../support/widget-world';

describeInBrowser('a page whose Functions ask for a human check', () => {
  let service: Server;
  let verified: string[];
  const world = useWidget({ HUMAN_CHECK_SECRET: 'of-the-service' }, async () => {
    service = createServer((request, response) => {
      let form = '';
      request.on('data', (part: Buffer) => (form += part.toString()));
      request.on('end', () => {
        const answer = new URLSearchParams(form).get('response')!;
        // As Turnstile does: each token counts once.
        const success = answer.startsWith('human') && !verified.includes(answer);
        verified.push(answer);
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ success }));
      });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    return { HUMAN_CHECK_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}/siteverify` };
  });
  afterAll(() => {
    service?.closeAllConnections();
    service?.close();
  });
  beforeEach(() => (verified = []));

  /** What the services have in common: a token once the visitor has passed, and a new one after a reset. */
  const WIDGET = `(() => {
    let passed = 0;
    let token;
    const pass = () => { token = 'human-' + ++passed; };
    return { pass, getResponse: () => token, reset: () => { token = undefined; } };
  })()`;

  it.each([
    ['turnstile', 'turnstile'],
    ['hcaptcha', 'hcaptcha'],
    ['recaptcha', 'grecaptcha'],
  ])('gives the token that the widget of %s has on the page', async (service, global) => {
    world.site.body = world.embed(`data-human-check="${service}"`);
    const visitor = await world.arrive();
    await visitor.page.evaluate(`window.${global} = ${WIDGET}`);
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.page.evaluate(`${global}.pass()`);

    await visitor.sent('hello').waitFor();
    expect(verified).toEqual(['human-1']);
  });

  it('gives what a function of its own gets, and lets the visitor try again after a token that had run out', async () => {
    const visitor = await world.arrive();
    await visitor.page.addInitScript(`
      window.asked = 0;
      window.FlexChatSettings = { humanCheck: async () => (++asked < 3 ? 'stale' : 'human') };`);
    await visitor.page.reload();
    const refused = visitor.page.waitForResponse('**/token');
    await visitor.launcher.click();
    // A message that is written earlier waits for this answer, and asks for no further token.
    await refused;
    await visitor.write('hello');

    await visitor.button('Try again').click();

    await visitor.sent('hello').waitFor();
    expect(verified).toEqual(['stale', 'stale', 'human']);
  });
});
