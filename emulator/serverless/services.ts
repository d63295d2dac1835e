/** Serverless Services: what is deployed together, and the part of the domain that its Environments share. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import * as limits from './limits';
import type { Service } from './model';

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

function checkFriendlyName(name: string): void {
  if (name.length > limits.MAX_FRIENDLY_NAME_CHARS) throw invalidParameter('FriendlyName is too long');
}
