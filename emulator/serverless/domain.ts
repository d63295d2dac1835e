/** The Serverless API as one thing: what `twilio-run deploy` uploads, and what of it is live under which domain. */
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { Builds } from './builds';
import { Code } from './code';
import { Environments } from './environments';
import type { ServerlessEvents } from './events';
import { MAX_LOGS } from './limits';
import type { Build, Deployment, Environment, Live, Log, Service } from './model';
import { Services } from './services';

export class ServerlessDomain {
  readonly events = new Bus<ServerlessEvents>();
  readonly services: Services;
  readonly environments: Environments;
  readonly code: Code;
  readonly builds: Builds;
  private readonly deployments: Deployment[] = [];
  private logs: Log[] = [];

  constructor(private readonly clock: Clock) {
    this.services = new Services(clock);
    this.environments = new Environments(clock);
    this.code = new Code(clock);
    this.builds = new Builds(clock, this.code);
  }

  /** Newest first, as Twilio lists them. */
  deploymentsOf(environmentSid: string): Deployment[] {
    return this.deployments.filter((deployment) => deployment.environmentSid === environmentSid).reverse();
  }

  deploy(environment: Environment, buildSid: string): Deployment {
    const build = this.builds.find(environment.serviceSid, buildSid);
    if (build?.status !== 'completed')
      throw invalidParameter(`${buildSid} is not a completed Build of this Service`);
    const deployment = {
      sid: createSid('ZD'),
      serviceSid: environment.serviceSid,
      environmentSid: environment.sid,
      buildSid,
      dateCreated: this.clock.date(),
    };
    this.deployments.push(deployment);
    this.environments.deploy(environment, buildSid);
    this.changed(environment);
    return deployment;
  }

  /** What is served under a domain, if anything is. */
  live(domainName: string): Live | undefined {
    const environment = this.environments.byDomain(domainName);
    const service = environment && this.services.find(environment.serviceSid);
    const build = environment?.buildSid && this.builds.find(environment.serviceSid, environment.buildSid);
    const deployment = environment && this.deploymentsOf(environment.sid)[0];
    return service && build && deployment ? { service, environment, build, deployment } : undefined;
  }

  changed(environment: Environment): void {
    this.events.emit('environmentChanged', { environment });
  }

  removeBuild(build: Build): void {
    const user = this.environments.ofService(build.serviceSid).find(({ buildSid }) => buildSid === build.sid);
    // Source: docs https://www.twilio.com/docs/serverless/api/resource/build (a deployed Build cannot be deleted). Guess: the code.
    if (user) throw invalidParameter(`${build.sid} is deployed in ${user.uniqueName}`);
    this.builds.remove(build);
  }

  removeEnvironment(environment: Environment): void {
    this.environments.remove(environment);
    this.changed(environment);
  }

  removeService(service: Service): void {
    for (const environment of this.environments.ofService(service.sid)) this.removeEnvironment(environment);
    for (const build of this.builds.ofService(service.sid)) this.builds.remove(build);
    this.code.removeService(service.sid);
    this.services.remove(service);
  }

  addLog(
    { service, environment, build, deployment }: Live,
    line: Pick<Log, 'functionSid' | 'requestSid' | 'level' | 'message'>,
  ) {
    const log = {
      sid: createSid('NO'),
      serviceSid: service.sid,
      environmentSid: environment.sid,
      buildSid: build.sid,
      deploymentSid: deployment.sid,
      ...line,
      dateCreated: this.clock.date(),
    };
    this.logs = [...this.logs, log].slice(-MAX_LOGS);
    this.events.emit('logged', { log });
  }

  /** Newest first. */
  logsOf(environmentSid: string): Log[] {
    return this.logs.filter((log) => log.environmentSid === environmentSid).reverse();
  }
}
