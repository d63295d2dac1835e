/** The emulator as a program: one port, one world at a time. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createControls } from './controls/controls';
import { readAccount, type Account } from './core/account';
import { Callers, type CallerOptions } from './core/callers';
import { Clock } from './core/clock';
import type { TwilioError } from './core/errors';
import type { Faults } from './core/faults';
import { FETCHED_FLEX_UI, type FlexUi } from './core/flex-ui';
import type { Journal } from './core/journal';
import { routesOf } from './core/routes';
import { upgradeSocket } from './core/sockets';
import { moveHostIntoPath } from './core/twilio-address';
import { refuseUpgrade } from './core/upgrade';
import { chatGrant, issueAccessToken } from './iam/issue';
import { sow, type Seed } from './seed';
import { createWorld, type World } from './world';

/** For `new Client` of `@twilio/conversations`. Not all of it is in the SDK's types. */
export interface ClientOptions {
  Twilsock: { uri: string };
  /** How long reads are kept, ten times over. The SDK's own timer for it outlives `shutdown`, and keeps Node alive for 2 s. */
  httpCacheIntervalOverride: string;
}

export interface EmulatorOptions extends CallerOptions {
  /** Any free port unless one is given; 0 means the same. */
  port?: number;
  /** The address that it listens on, under which callers may reach it, unless it means all addresses. */
  host?: string;
  account?: Account;
  /** A new account: it has Flex, and nothing that `npm run provision` creates. */
  firstDay?: boolean;
  /** How many Messages are kept, those of all Conversations together: 100,000 unless given. The oldest are dropped without an event. */
  maxMessages?: number;
  /** The real Flex UI for `/flex/`: the one that `npm run flex` has fetched, without plugins by default. */
  flexUi?: Partial<FlexUi>;
}

/** Twilio on this machine. `const emulator = await Emulator.start()`, and `stop()` when it is done. */
export class Emulator {
  private readonly controls = createControls(this);
  /** What belongs to the whole emulator. Products have their own below /emulator/, which end with their world. */
  private readonly controlPaths = new Set(routesOf(this.controls).map(({ url }) => url));
  /** Runs resets in sequence, so that none leaves a world behind. Never rejects: each caller gets its own error. */
  private lastReset: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: Server,
    readonly account: Account,
    private currentWorld: World,
    private readonly makeWorld: () => Promise<World>,
    /** For example `http://127.0.0.1:4010`. */
    readonly url: string,
    private readonly callers: Callers,
  ) {}

  static async start({
    port = 0,
    host = '127.0.0.1',
    account = readAccount(),
    firstDay = false,
    maxMessages,
    flexUi = {},
    hosts = [],
    allowedOrigins,
  }: EmulatorOptions = {}): Promise<Emulator> {
    const name = nameOf(host);
    const callers = new Callers({ hosts: [...hosts, name], allowedOrigins });
    const server = createServer();
    await listen(server, port, host);
    const url = `http://${name}:${(server.address() as AddressInfo).port}`;
    const makeWorld = (): Promise<World> =>
      createWorld({
        account,
        clock: new Clock(),
        emulatorUrl: url,
        isFirstDay: firstDay,
        maxMessages,
        flexUi: { file: FETCHED_FLEX_UI, plugins: [], ...flexUi },
      });
    try {
      const emulator = new Emulator(server, account, await makeWorld(), makeWorld, url, callers);
      await emulator.controls.ready();
      server.on('request', (request, response) => emulator.answer(request, response));
      server.on('upgrade', (request, socket, head) => emulator.upgrade(request, socket, head));
      return emulator;
    } catch (error) {
      await close(server);
      throw error;
    }
  }

  /**
   * The products' state, for tests that look at it directly.
   * @internal
   */
  get world(): World {
    return this.currentWorld;
  }

  /** A reset clears journal and faults, too. */
  get journal(): Journal {
    return this.currentWorld.journal;
  }

  get faults(): Faults {
    return this.currentWorld.faults;
  }

  /** The time as the emulator sees it: `emulator.clock.advance(3_600_000)` moves it, and runs what comes due. */
  get clock(): Clock {
    return this.currentWorld.clock;
  }

  /** What the Conversations SDK needs to find it: `new Client(emulator.tokenFor('ada'), emulator.clientOptions)`. */
  get clientOptions(): ClientOptions {
    return {
      Twilsock: { uri: `${this.url.replace('http', 'ws')}/v3/wsconnect` },
      httpCacheIntervalOverride: 'PT1S',
    };
  }

  /** An Access Token for Conversations, as a back end gives it to this identity. */
  tokenFor(identity: string, { ttlSeconds }: { ttlSeconds?: number } = {}): string {
    return issueAccessToken(
      this.account,
      this.clock,
      { identity, chat: chatGrant(this.account) },
      ttlSeconds,
    );
  }

  /** Resolves when all webhooks, Flows and callbacks of TaskRouter and Interactions are done. They start after the response. */
  async settled(): Promise<void> {
    const { webhooks, studio, taskrouter, flex } = this.currentWorld;
    await webhooks.settled();
    await studio.settled();
    await taskrouter.eventCallbacks.settled();
    await flex.webhooks.settled();
  }

  /** Deletes everything: a new world on the same address. If creating it fails, the old one stays in use. */
  reset(): Promise<void> {
    return this.exchange(() => this.makeWorld());
  }

  /** Adds what a seed describes. Throws where Twilio would refuse some of it. */
  sow(seed: Seed): void {
    sow(seed, this.currentWorld);
  }

  /** All resources and the time, once nothing is under way. Journal, faults and connections are not part of it. */
  async snapshot(): Promise<Uint8Array> {
    await this.settled();
    return this.currentWorld.snapshot();
  }

  /** Restores a snapshot, also of another emulator of this version. SDK clients reconnect by themselves. */
  restore(snapshot: Uint8Array): Promise<void> {
    return this.exchange(async () => {
      const world = await this.makeWorld();
      try {
        world.restore(snapshot, this.currentWorld);
        return world;
      } catch (error) {
        await world.dispose();
        throw error;
      }
    });
  }

  async stop(): Promise<void> {
    await this.lastReset;
    await this.currentWorld.dispose();
    await this.controls.close();
    await close(this.server);
  }

  private exchange(makeNext: () => Promise<World>): Promise<void> {
    const exchange = this.lastReset.then(async () => {
      const old = this.currentWorld;
      this.currentWorld = await makeNext();
      await old.dispose();
    });
    this.lastReset = exchange.catch(() => undefined);
    return exchange;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.callers.refusal(request);
    if (refusal) return refuse(response, refusal);
    moveHostIntoPath(request);
    const isControl = this.controlPaths.has(request.url!.split('?')[0]!);
    if (isControl) this.controls.routing(request, response);
    else this.world.http.answer(request, response);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.callers.refusal(request);
    if (refusal) return refuseUpgrade(socket, refusal.status);
    moveHostIntoPath(request);
    upgradeSocket(this.world.sockets, request, socket, head);
  }
}

/** The emulator's own URL: the address that it listens on, or loopback's if it listens on all addresses. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function refuse(response: ServerResponse, refusal: TwilioError): void {
  response.writeHead(refusal.status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(refusal.toBody()));
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is taken. Perhaps another emulator is running?`) : error);
    });
    server.listen(port, host, resolve);
  });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
