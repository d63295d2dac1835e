/** The emulator as a program: one port, one world at a time. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Controlled } from './controls/controlled';
import { createControls } from './controls/controls';
import { readAccount, type Account } from './core/account';
import { Clock } from './core/clock';
import type { Faults } from './core/faults';
import { FETCHED_FLEX_UI, type FlexUi } from './core/flex-ui';
import type { Journal } from './core/journal';
import { routesOf } from './core/routes';
import { upgradeSocket } from './core/sockets';
import { moveHostIntoPath } from './core/twilio-address';
import { createWorld, type World } from './world';

interface EmulatorOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  account?: Account;
  /** An account on its first day: Flex is there, and nothing that `npm run provision` makes. */
  firstDay?: boolean;
  /** The real Flex UI for `/flex/`: the one that `npm run flex` has fetched, without plugins, unless told otherwise. */
  flexUi?: Partial<FlexUi>;
}

export class Emulator implements Controlled {
  private readonly controls = createControls(this);
  /** What belongs to the whole emulator. Products have their own below /emulator/, which end with their world. */
  private readonly controlPaths = new Set(routesOf(this.controls).map(({ url }) => url));
  /** Resets one after the other, so that none leaves a world behind. Never rejects: the caller of that one heard. */
  private lastReset: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: Server,
    readonly account: Account,
    private currentWorld: World,
    private readonly makeWorld: () => Promise<World>,
    /** For example `http://127.0.0.1:4010`. */
    readonly url: string,
  ) {}

  static async start({
    port,
    host = '127.0.0.1',
    account = readAccount(),
    firstDay = false,
    flexUi = {},
  }: EmulatorOptions): Promise<Emulator> {
    const server = createServer();
    await listen(server, port, host);
    const url = `http://${host}:${(server.address() as AddressInfo).port}`;
    const makeWorld = (): Promise<World> =>
      createWorld({
        account,
        clock: new Clock(),
        emulatorUrl: url,
        isFirstDay: firstDay,
        flexUi: { file: FETCHED_FLEX_UI, plugins: [], ...flexUi },
      });
    try {
      const emulator = new Emulator(server, account, await makeWorld(), makeWorld, url);
      await emulator.controls.ready();
      server.on('request', (request, response) => emulator.answer(request, response));
      server.on('upgrade', (request, socket, head) => {
        moveHostIntoPath(request);
        upgradeSocket(emulator.world.sockets, request, socket, head);
      });
      return emulator;
    } catch (error) {
      await close(server);
      throw error;
    }
  }

  /** The products' state, for tests that look at it directly. */
  get world(): World {
    return this.currentWorld;
  }

  /** A reset begins journal and faults anew, too. */
  get journal(): Journal {
    return this.currentWorld.journal;
  }

  get faults(): Faults {
    return this.currentWorld.faults;
  }

  /** Forgets everything: a new world on the same address. Where that cannot be made, the old one goes on. */
  reset(): Promise<void> {
    const reset = this.lastReset.then(async () => {
      const old = this.currentWorld;
      this.currentWorld = await this.makeWorld();
      await old.dispose();
    });
    this.lastReset = reset.catch(() => undefined);
    return reset;
  }

  async stop(): Promise<void> {
    await this.lastReset;
    await this.currentWorld.dispose();
    await this.controls.close();
    await close(this.server);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    moveHostIntoPath(request);
    const isControl = this.controlPaths.has(request.url!.split('?')[0]!);
    (isControl ? this.controls : this.world.http).routing(request, response);
  }
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
