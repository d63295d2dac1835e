/** The emulator as a program: one port, one world at a time. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAccount, type Account } from './core/account';
import { Clock } from './core/clock';
import { createWorld, type World } from './world';

export interface EmulatorOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  account?: Account;
}

export class Emulator {
  private constructor(
    private readonly server: Server,
    readonly account: Account,
    private currentWorld: World,
    /** For example `http://127.0.0.1:4010`. */
    readonly url: string,
  ) {}

  static async start({
    port,
    host = '127.0.0.1',
    account = readAccount(),
  }: EmulatorOptions): Promise<Emulator> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    const url = `http://${host}:${(server.address() as AddressInfo).port}`;
    const emulator = new Emulator(server, account, await createWorld(account, new Clock()), url);
    server.on('request', (request, response) => emulator.world.http.routing(request, response));
    server.on('upgrade', (request, socket, head) =>
      emulator.world.realtime.handleUpgrade(request, socket, head),
    );
    return emulator;
  }

  /** The products' state, for tests that look at it directly. */
  get world(): World {
    return this.currentWorld;
  }

  /** Forgets everything: a new world on the same address. */
  async reset(): Promise<void> {
    const old = this.currentWorld;
    this.currentWorld = await createWorld(this.account, new Clock());
    await old.dispose();
  }

  async stop(): Promise<void> {
    await this.currentWorld.dispose();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
