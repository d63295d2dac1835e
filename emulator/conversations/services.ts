/** Conversations Services: separate worlds of Conversations and Users. */
import type { Clock } from '../core/clock';
import { createSid } from '../core/sids';
import type { Service } from './model';

/** Whether Users are shown online. Differs: Twilio's Services start with this off. */
export const REACHABILITY_ENABLED = true;

export class Services {
  private readonly bySid = new Map<string, Service>();

  constructor(
    private readonly clock: Clock,
    defaultServiceSid: string,
  ) {
    this.add(defaultServiceSid, 'Flex Chat Service');
  }

  create(friendlyName: string): Service {
    return this.add(createSid('IS'), friendlyName);
  }

  find(sid: string): Service | undefined {
    return this.bySid.get(sid);
  }

  list(): Service[] {
    return [...this.bySid.values()];
  }

  delete(service: Service): void {
    this.bySid.delete(service.sid);
  }

  private add(sid: string, friendlyName: string): Service {
    const now = this.clock.date();
    const service: Service = { sid, friendlyName, dateCreated: now, dateUpdated: now };
    this.bySid.set(sid, service);
    return service;
  }
}
