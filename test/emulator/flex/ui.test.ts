/**
 * Requests of Flex UI and @twilio/flex-sdk to Twilio's hosts, as their pages make them: with an agent's token, from
 * another origin.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { Emulator } from '../../../emulator/emulator';
import { Agents } from '../../support/agent';
import { useEmulator } from '../../support/emulator';
import { accessToken } from '../../support/tokens';

const PAGE = 'http://localhost:3000';

describe("Flex UI's hosts", () => {
  const emulator = useEmulator({ kept: true });
  const agents = new Agents(emulator);
  const basic = (token: string) => `Basic ${Buffer.from(`token:${token}`).toString('base64')}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${emulator().url}/${path}`, {
      ...init,
      headers: { origin: PAGE, ...(init.headers as Record<string, string>) },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };

  it('let an agent log in by redirect, the agent that the page names, with a token for that agent', async () => {
    const { accountSid, workers } = emulator().account;

    const { body } = await ask(`iam.twilio.com/v1/Accounts/${accountSid}/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ products: ['flex'], resource: `${PAGE}/flex/?agent=linus` }),
    });
    const back = new URL(body.location).searchParams;
    const info = await ask(`flex-api.twilio.com/v1/Accounts/${accountSid}/Tokens/Info`, {
      method: 'POST',
      headers: { authorization: basic(back.get('Token')!) },
      body: new URLSearchParams({ Token: back.get('Token')! }),
    });

    expect([back.get('Identity'), back.getAll('Roles')]).toEqual(['linus_40example_2Ecom', ['agent']]);
    expect(info.body).toMatchObject({
      valid: true,
      worker_sid: workers[1].sid,
      full_name: 'Linus',
      expiration: back.get('Expiration'),
    });
  });

  it.each([
    ['flex-api.twilio.com/v1/Configuration', { ui_attributes: { version_compatibility: 'yes' } }],
    ['flex-api.twilio.com/v1/Configuration/Public', { configurations: [{ ui_version: '2.17.1' }] }],
    ['flex.twilio.com/api/v1/Session', { features: [{ id: 'new-transfer-experience', enabled: true }] }],
    [
      `flex-api.twilio.com/v3/Instances/GO${'0'.repeat(32)}/TransferSettings`,
      { transfer_settings: [{ enabled: true }] },
    ],
    ['assets.flex.twilio.com/assets/countries.json', []],
    ['status.twilio.com/api/v2/summary.json', { incidents: [] }],
    ['flex.twilio.com/plugins', []],
  ])('answer GET %s to an agent, and to pages of this machine', async (path, content) => {
    const headers = { authorization: `${basic(agents.token())})`, 'x-flex-jwe': agents.token() };

    const { status, body, headers: answered } = await ask(path, { headers });

    expect(status).toBe(200);
    expect(body).toMatchObject(content);
    expect(answered.get('access-control-allow-origin')).toBe(PAGE);
  });

  it('answer a preflight without credentials, and name no foreign origin', async () => {
    const path = 'flex-api.twilio.com/v1/Configuration';
    const preflight = (origin: string) =>
      ask(path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'authorization,x-flex-jwe' },
      });

    const ours = await preflight(PAGE);
    const foreign = await preflight('https://evil.example');

    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-headers')).toBe('authorization,x-flex-jwe');
    expect(ours.headers.get('access-control-allow-methods')).toContain('POST');
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(
      (await preflight('https://evil-1234.twil.io')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  it("reject a visitor's token, and an agent's token works only on them", async () => {
    const { account } = emulator();
    const visitor = accessToken({
      ACCOUNT_SID: account.accountSid,
      TWILIO_API_KEY_SID: account.apiKeySid,
      TWILIO_API_KEY_SECRET: account.apiKeySecret,
      CONVERSATIONS_SERVICE_SID: account.conversationsServiceSid,
    });
    const status = async (path: string, token: string) =>
      (await ask(path, { headers: { authorization: basic(token) } })).status;
    const workspace = `taskrouter.twilio.com/v1/Workspaces/${account.workspaceSid}`;

    expect(await status('flex-api.twilio.com/v1/Configuration', visitor)).toBe(401);
    expect(await status(workspace, visitor)).toBe(401);
    expect(await status(workspace, agents.token())).toBe(200);
    expect(await status('conversations.twilio.com/v1/Conversations', agents.token())).toBe(401);
    expect(await status('flex-api.twilio.com/v1/Configuration', 'nonsense')).toBe(401);
  });

  it('store a note for the next agent', async () => {
    const notes = `preview.twilio.com/Flex/Instances/GO${'0'.repeat(32)}/Notes`;
    const headers = { authorization: basic(agents.token()), 'content-type': 'application/json' };
    const { body } = await ask(notes, { method: 'POST', headers, body: '{"summary":"wants a refund"}' });

    const changed = await ask(`${notes}/${body.sid}`, {
      method: 'POST',
      headers: { ...headers, 'if-match': '"0"' },
      body: '{"content":"order 4711"}',
    });
    const late = await ask(`${notes}/${body.sid}`, {
      method: 'POST',
      headers: { ...headers, 'if-match': '"0"' },
      body: '{"content":"no"}',
    });

    expect(changed.body).toMatchObject({ summary: 'wants a refund', content: 'order 4711' });
    expect(late.status).toBe(412);
  });

  it('register the Voice SDK, and drop messages that are not JSON', async () => {
    const socket = new WebSocket(
      `${emulator().url.replace('http', 'ws')}/voice-js.roaming.twilio.com/signal`,
    );
    const types: string[] = [];
    const ready = new Promise<void>((resolve) =>
      socket.on('message', (data) => {
        const { type } = JSON.parse(String(data)) as { type: string };
        types.push(type);
        if (type === 'ready') resolve();
      }),
    );
    await new Promise((resolve) => socket.on('open', resolve));

    for (const message of ['\n', '{', '{"type":"listen"}', '{"type":"register"}']) socket.send(message);
    await ready;
    socket.close();

    expect(types).toEqual(['connected', 'ready']);
  });

  it("serve a developer's plugin, bundled with Flex UI's own React", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
    const file = join(folder, 'greeting.js');
    writeFileSync(
      file,
      `import React from 'react';
       import * as Flex from '@twilio/flex-ui';
       Flex.Plugins.init(() => <p>Hello, Grace</p>);`,
    );
    const withPlugin = await Emulator.start({ port: 0, flexUi: { plugins: [file] } });
    try {
      const list = await fetch(`${withPlugin.url}/flex.twilio.com/plugins`, {
        headers: { 'x-flex-jwe': agents.token() },
      });
      const [plugin] = (await list.json()) as [{ name: string; src: string }];
      const bundle = await (await fetch(plugin.src)).text();

      expect(plugin.name).toBe('greeting');
      expect(bundle).toContain('window.React');
      expect(bundle).toMatch(/createElement\("p", null, "Hello, Grace"\)/);
    } finally {
      await withPlugin.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
