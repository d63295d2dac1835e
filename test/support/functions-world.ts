/** The Functions and a separate emulator for one test file, with queries of both. */
import type { Emulator } from '../../emulator/emulator';
import type { Conversation } from '../../emulator/conversations/model';
import { DescriptionCheck } from './description-check';
import { startEmulator } from './emulator';
import { takeLogLines, type LogLine } from './functions-log';
import { emulatorSettings, post, startFunctions, type FunctionsServer, type Reply } from './functions-server';

export interface Visitor {
  token: string;
  identity: string;
  expiresAt: string;
}

export type StartedChat = Visitor & { conversationSid: string; resumed: boolean; clientOptions?: unknown };

export interface FailureBody {
  error: { code: string; message: string; retryable: boolean; requestId: string };
}

export class FunctionsWorld {
  emulator!: Emulator;
  functions!: FunctionsServer;
  /** The Functions' settings, read at each call; reset to `.env.emulator` before each test. */
  env: Record<string, string> = {};

  post<Body = Record<string, unknown>>(path: string, body: unknown, headers?: Record<string, string>) {
    return post<Body>(this.functions, path, body, headers);
  }

  async aVisitor(): Promise<Visitor> {
    return (await this.post<Visitor>('/token', {})).body;
  }

  async aChat(params: object = {}): Promise<StartedChat> {
    return (await this.post<StartedChat>('/start-chat', params)).body;
  }

  get conversations() {
    return this.emulator.world.conversations;
  }

  conversation(sid: string): Conversation {
    const found = this.conversations.conversations.get(sid);
    if (!found) throw new Error(`There is no Conversation ${sid}`);
    return found;
  }

  close(conversationSid: string): void {
    this.conversations.conversations.setState(this.conversation(conversationSid), 'closed', {
      source: 'EVENT',
    });
  }

  /** The calls to Twilio since the last time, for example `POST /v1/Services/IS…/Conversations`. */
  takeCalls(): string[] {
    const { journal } = this.emulator.world;
    const calls = journal.entries.map(({ method, path }) => `${method} ${path}`);
    journal.clear();
    return calls;
  }

  takeLog(): LogLine[] {
    return takeLogLines();
  }
}

/**
 * Call it once inside a `describe`. Every test begins with the settings of `.env.emulator` and an empty emulator, unless
 * it is `kept`, for tests of requests that change nothing.
 */
export function useFunctions(
  settings: Record<string, string> = {},
  { kept = false }: { kept?: boolean } = {},
): FunctionsWorld {
  const world = new FunctionsWorld();
  const description = new DescriptionCheck();
  let initial: Record<string, string>;

  beforeAll(async () => {
    world.emulator = await startEmulator();
    world.env = { ...emulatorSettings(world.emulator), ...settings };
    world.functions = await startFunctions({
      env: world.env,
      watch: (request, response) => description.watch(request, response),
    });
    initial = { ...world.env };
  });
  beforeEach(async () => {
    for (const name of Object.keys(world.env)) delete world.env[name];
    Object.assign(world.env, initial);
    if (!kept) await world.emulator.reset();
    takeLogLines();
  });
  afterEach(() => expect(description.take()).toEqual([]));
  afterAll(async () => {
    await world.functions.stop();
    await world.emulator.stop();
  });
  return world;
}

/** Status and code, which callers branch on; the test fails if the answer does not have the shape of an error. */
export function failureOf({ status, body }: Reply<unknown>): string {
  expect(body).toEqual({
    error: {
      code: expect.any(String),
      message: expect.any(String),
      retryable: expect.any(Boolean),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  });
  return `${status} ${(body as FailureBody).error.code}`;
}
