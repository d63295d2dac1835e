/** `npm run smoke -- URL`: one chat against a real deployment, from start to end. It proves what no emulator can. */
import { parseArgs } from 'node:util';
import { findCredentials } from './account/credentials';
import { connect, deployedUrl, loopbackUrl } from './account/twilio';
import { findFlex } from './account/flex';
import { Project } from './project';
import { record } from './smoke/parity/record';
import { tryForgedCalls } from './smoke/forged-calls';
import { endChat, type Ending } from './smoke/end-chat';
import { startChat } from './smoke/start-chat';
import { awaitTask } from './smoke/await-task';
import { sayHello } from './smoke/say-hello';
import { tryTemplate } from './smoke/try-template';
import { Remedy, runCommand, type CommandOptions } from './terminal';

const USAGE = {
  command: 'npm run smoke',
  does: 'Runs one chat against a deployment, from start to end.',
  positional: 'URL',
  options: {
    origin: {
      type: 'string',
      value: 'https://…',
      help: 'a page that ALLOWED_ORIGINS allows; by default the first one of .env',
    },
    record: {
      type: 'string',
      value: 'FILE',
      help: 'keeps what the account answers to some calls of its own, redacted',
    },
    'webhooks-url': {
      type: 'string',
      value: 'https://…',
      help: 'with --record: a public address that leads to --webhooks-port here',
    },
    'webhooks-port': { type: 'string', value: 'N', help: '4030 otherwise', default: '4030' },
  },
} as const;

export async function smoke({ folder, environment, args = [], print }: CommandOptions): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: USAGE.options,
  });
  const project = new Project(folder);
  const domain = domainOf(positionals[0]);
  const urlOf = (path: string): string => deployedUrl(domain, path, environment);
  const origin = originOf(values.origin) ?? firstOrigin(project.env.read()['ALLOWED_ORIGINS']);
  const { accountSid, authToken } = findCredentials(project, environment);
  const client =
    accountSid && authToken ? connect(accountSid, authToken, accountSid, environment) : undefined;

  const realtimeUrl = loopbackUrl('TWILIO_REALTIME_URL', 'ws:', environment);

  const began = Date.now();
  const verified = (what: string): void => print(`ok  ${String(Date.now() - began).padStart(6)} ms  ${what}`);
  const chat = await startChat(urlOf('/start-chat'), origin);
  verified(`start-chat returned a token and the Conversation ${chat.conversationSid}`);
  for (const { what, status, passed } of await tryForgedCalls(urlOf('/token'), origin)) {
    if (passed) print(`!!  ${what} got a token: this gateway does not enforce the origin (docs/security.md)`);
    else verified(`${what} is refused (${status})`);
  }
  const session = await sayHello(chat, realtimeUrl?.href);
  verified('the token opens the realtime service, and the official SDK sent a message');
  try {
    const ending: Ending = { url: urlOf('/end-chat'), origin, chat };
    if (client) {
      const task = await awaitTask(client, await findFlex(client), chat.conversationSid);
      verified(
        `${project.isRoutedByInteractions ? '/route-chat' : 'the Flow'} created the Task ${task.sid} for Flex`,
      );
      const { isTaken, what } = await tryTemplate(client, chat, session);
      if (isTaken) verified(what);
      else print(`--  ${what}: offer choices with the attribute quickReplies (docs/http-api.md)`);
      verified(await endChat({ ...ending, client, task }));
    } else {
      print('--  without ACCOUNT_SID and AUTH_TOKEN, the Task in Flex is not checked');
      verified(await endChat(ending));
    }
    await session.closed();
    verified('the visitor sees that the chat has ended');
  } finally {
    await session.stop();
  }
  if (values.record === undefined) return;
  if (!client) {
    throw new Remedy(
      '--record needs the account.',
      'Set ACCOUNT_SID and AUTH_TOKEN, or write them into .env.',
    );
  }
  const { conversationsServiceSid: serviceSid } = await findFlex(client);
  const webhooks = { webhooksUrl: values['webhooks-url'], port: Number(values['webhooks-port']) };
  verified(await record({ client, serviceSid, file: values.record, ...webhooks }));
}

function domainOf(url: string | undefined): string {
  const remedy = 'npm run smoke -- https://flex-custom-chat-1234-dev.twil.io (npm run deploy prints the URL)';
  if (url === undefined) throw new Remedy('The URL of the deployment is missing.', remedy);
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Remedy(`${url} is not the https:// URL of a deployment.`, remedy);
  }
  return new URL(url).host;
}

function originOf(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new Remedy(
    `--origin "${text}" is not an origin.`,
    'Give only scheme and host: --origin https://www.yourshop.com',
  );
}

/** A page that may chat: callers without an Origin must prove their identity. */
function firstOrigin(allowed = ''): string | undefined {
  return allowed.split(',').find((origin) => /^https?:\/\/[^*]+$/.test(origin));
}

if (process.argv[1] === __filename) runCommand(smoke, USAGE);
