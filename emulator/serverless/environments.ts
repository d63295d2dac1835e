/** Environments of a Service, each with its domain, its Build and its Variables. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import * as limits from './limits';
import type { Environment, Service, Variable } from './model';

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
