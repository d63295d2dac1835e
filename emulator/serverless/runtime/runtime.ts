/** Runs what is deployed: one task folder and its instances per Environment, until the next deployment replaces them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../core/account';
import type { Clock } from '../../core/clock';
import { ConnectProxy } from '../../proxy/connect-proxy';
import type { ServerlessDomain } from '../domain';
import type { Live, Version } from '../model';
import { Instances } from './instances';
import type { Answer } from './message';
import { TaskFolder } from './task-folder';

interface Running {
  folder: TaskFolder;
  instances: Instances;
}

export class ServerlessRuntime {
  /** By the SID of the Environment. */
  private readonly running = new Map<string, Running>();
  private proxy?: Promise<ConnectProxy>;
  private certificates?: string;

  constructor(
    private readonly domain: ServerlessDomain,
    private readonly account: Account,
    private readonly clock: Clock,
    /** The emulator's own address, which deployed code calls in place of Twilio's hosts. */
    private readonly emulatorUrl: string,
  ) {
    domain.events.on('environmentChanged', ({ environment }) => void this.stop(environment.sid));
  }

  async invoke(
    live: Live,
    version: Version,
    { event, requestSid }: { event: object; requestSid: string },
  ): Promise<Answer> {
    const { instances, folder } = await this.open(live);
    return instances.invoke({
      file: folder.functions[version.path.slice(1)]!.path,
      path: version.path,
      event,
      onLog: (line) => this.domain.addLog(live, { ...line, functionSid: version.resourceSid, requestSid }),
    });
  }

  async dispose(): Promise<void> {
    for (const { instances } of this.running.values()) instances.kill();
    await Promise.all([...this.running.keys()].map((environmentSid) => this.stop(environmentSid)));
    await (await this.proxy)?.stop();
    if (this.certificates) rmSync(this.certificates, { recursive: true });
  }

  private async open(live: Live): Promise<Running> {
    const { environment, build } = live;
    this.proxy ??= this.startProxy();
    const proxy = await this.proxy;
    const present = this.running.get(environment.sid);
    if (present) return present;
    const folder = TaskFolder.write(build);
    const { privateAssets, functions } = folder;
    const { temporary } = folder;
    const processEnv = {
      HTTP_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: proxy.caFile,
      // What os.tmpdir() reads, on each system.
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
    };
    const task = {
      folder: folder.folder,
      privateAssets,
      functions,
      context: this.contextOf(live),
      processEnv,
      readable: folder.readable,
      writable: [temporary],
    };
    const running = { folder, instances: new Instances(task, this.clock) };
    this.running.set(environment.sid, running);
    return running;
  }

  /** With certificates of its own: those in `.emulator/` may be replaced by another emulator while this one runs. */
  private startProxy(): Promise<ConnectProxy> {
    this.certificates = mkdtempSync(join(tmpdir(), 'emulator-certificates-'));
    return ConnectProxy.start({ port: 0, emulatorUrl: this.emulatorUrl, folder: this.certificates });
  }

  /** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/invocation#context-object */
  private contextOf({ service, environment }: Live): Record<string, string> {
    const { accountSid, authToken } = this.account;
    const variables = this.domain.environments.variablesOf(environment.sid);
    return {
      DOMAIN_NAME: environment.domainName,
      SERVICE_SID: service.sid,
      ENVIRONMENT_SID: environment.sid,
      ...(service.includeCredentials ? { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken } : {}),
      ...Object.fromEntries(variables.map(({ key, value }) => [key, value])),
    };
  }

  /** Guess: a changed Variable reaches the Functions at once, as a new Build does. Calls under way finish first. */
  private async stop(environmentSid: string): Promise<void> {
    const running = this.running.get(environmentSid);
    if (!running) return;
    this.running.delete(environmentSid);
    await running.instances.retire();
    running.folder.remove();
  }
}
