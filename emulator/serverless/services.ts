/** Serverless Services and their Environments with Variables. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import * as limits from './limits';
import type { Environment, Service, Variable } from './model';

export class Services {
  private readonly services = new Map<string, Service>();

  constructor(private readonly clock: Clock) {}

  list(): Service[] {
    return [...this.services.values()];
  }

  /** By SID or unique name. Source: openapi */
  find(sidOrName: string): Service | undefined {
    return this.services.get(sidOrName) ?? this.list().find(({ uniqueName }) => uniqueName === sidOrName);
  }

  create(
    uniqueName: string,
    friendlyName: string,
    settings: { includeCredentials?: boolean; uiEditable?: boolean },
  ): Service {
    if (!/^[\w-]+$/.test(uniqueName) || uniqueName.length > limits.MAX_SERVICE_NAME_CHARS) {
      throw invalidParameter(
        `UniqueName must have at most ${limits.MAX_SERVICE_NAME_CHARS} letters, digits, _ and -`,
      );
    }
    // Source: public code (the toolkit takes any refusal for a taken name and looks for the Service). Guess: text and code.
    if (this.find(uniqueName))
      throw invalidParameter(`Service with unique name ${uniqueName} already exists`);
    checkFriendlyName(friendlyName);
    const now = this.clock.date();
    const service: Service = {
      sid: createSid('ZS'),
      uniqueName,
      friendlyName,
      includeCredentials: settings.includeCredentials ?? true,
      uiEditable: settings.uiEditable ?? false,
      domainBase: `${uniqueName.toLowerCase()}-${1000 + Math.floor(Math.random() * 9000)}`,
      dateCreated: now,
      dateUpdated: now,
    };
    this.services.set(service.sid, service);
    return service;
  }

  update(
    service: Service,
    changes: Partial<Pick<Service, 'friendlyName' | 'includeCredentials' | 'uiEditable'>>,
  ) {
    if (changes.friendlyName !== undefined) checkFriendlyName(changes.friendlyName);
    for (const [key, value] of Object.entries(changes)) {
      if (value !== undefined) Object.assign(service, { [key]: value });
    }
    service.dateUpdated = this.clock.date();
  }

  remove(service: Service): void {
    this.services.delete(service.sid);
  }
}

export class Environments {
  private readonly environments = new Map<string, Environment>();
  private readonly variables = new Map<string, Variable>();

  constructor(private readonly clock: Clock) {}

  ofService(serviceSid: string): Environment[] {
    return [...this.environments.values()].filter((environment) => environment.serviceSid === serviceSid);
  }

  find(serviceSid: string, sidOrName: string): Environment | undefined {
    return this.ofService(serviceSid).find(
      ({ sid, uniqueName }) => sid === sidOrName || uniqueName === sidOrName,
    );
  }

  byDomain(domainName: string): Environment | undefined {
    return [...this.environments.values()].find((environment) => environment.domainName === domainName);
  }

  create(service: Service, uniqueName: string, domainSuffix: string | undefined): Environment {
    if (uniqueName.length > limits.MAX_ENVIRONMENT_NAME_CHARS)
      throw invalidParameter('UniqueName is too long');
    if (domainSuffix !== undefined && !isDomainSuffix(domainSuffix)) {
      throw invalidParameter(
        `DomainSuffix must have at most ${limits.MAX_DOMAIN_SUFFIX_CHARS} letters, digits and -`,
      );
    }
    const suffix = domainSuffix || null;
    const domainName = `${service.domainBase}${suffix === null ? '' : `-${suffix}`}.twil.io`;
    const taken = this.find(service.sid, uniqueName) ?? this.byDomain(domainName);
    if (taken) throw invalidParameter(`Environment ${taken.uniqueName} (${taken.domainName}) already exists`);
    const now = this.clock.date();
    const environment: Environment = {
      sid: createSid('ZE'),
      serviceSid: service.sid,
      uniqueName,
      domainSuffix: suffix,
      domainName,
      buildSid: null,
      dateCreated: now,
      dateUpdated: now,
    };
    this.environments.set(environment.sid, environment);
    return environment;
  }

  deploy(environment: Environment, buildSid: string): void {
    environment.buildSid = buildSid;
    environment.dateUpdated = this.clock.date();
  }

  remove(environment: Environment): void {
    for (const variable of this.variablesOf(environment.sid)) this.variables.delete(variable.sid);
    this.environments.delete(environment.sid);
  }

  variablesOf(environmentSid: string): Variable[] {
    return [...this.variables.values()].filter((variable) => variable.environmentSid === environmentSid);
  }

  setVariable(environment: Environment, key: string, value: string): Variable {
    checkVariable(key, value);
    if (this.variablesOf(environment.sid).some((variable) => variable.key === key)) {
      throw invalidParameter(`Variable ${key} already exists`);
    }
    const now = this.clock.date();
    const variable = { sid: createSid('ZV'), environmentSid: environment.sid, key, value };
    this.variables.set(variable.sid, { ...variable, dateCreated: now, dateUpdated: now });
    return this.variables.get(variable.sid)!;
  }

  updateVariable(variable: Variable, key: string = variable.key, value: string = variable.value): void {
    checkVariable(key, value);
    Object.assign(variable, { key, value, dateUpdated: this.clock.date() });
  }

  removeVariable(variable: Variable): void {
    this.variables.delete(variable.sid);
  }
}

function checkFriendlyName(name: string): void {
  if (name.length > limits.MAX_FRIENDLY_NAME_CHARS) throw invalidParameter('FriendlyName is too long');
}

function isDomainSuffix(text: string): boolean {
  return text.length <= limits.MAX_DOMAIN_SUFFIX_CHARS && /^[A-Za-z0-9-]*$/.test(text);
}

function checkVariable(key: string, value: string): void {
  if (!/^[A-Za-z_]\w*$/.test(key) || key.length > limits.MAX_VARIABLE_KEY_CHARS) {
    throw invalidParameter(`${key} cannot be the name of a Variable`);
  }
  if (Buffer.byteLength(value) > limits.MAX_VARIABLE_VALUE_BYTES) {
    throw invalidParameter(`The value of ${key} has more than ${limits.MAX_VARIABLE_VALUE_BYTES} bytes`);
  }
}
