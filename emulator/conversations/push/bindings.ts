/**
 * Bindings: the devices that get push notifications. The SDK makes them.
 * Differs: they do not end after a year. Source: sdk @twilio/notifications/dist/client.js (subscribe)
 */
import type { Clock } from '../../core/clock';
import { invalidParameter } from '../../core/errors';
import { createSid } from '../../core/sids';
import type { Credentials } from './credentials';
import type { Binding, PushEvent, PushType } from './model';

/** A device, as its app names itself. */
export interface Device {
  chatServiceSid: string;
  identity: string;
  type: PushType;
  endpoint: string;
}

export class Bindings {
  private readonly bySid = new Map<string, Binding>();

  constructor(
    private readonly clock: Clock,
    private readonly credentials: Credentials,
  ) {}

  /** A device that registers again keeps its Binding. Guess: another user of the device gets a Binding of their own. */
  register(device: Device, credentialSid: string | undefined, events: readonly PushEvent[]): Binding {
    const credential = this.credentials.find(credentialSid ?? '');
    // Guess: the refusals, and their code.
    if (!credential) throw invalidParameter('The Access Token has no push_credential_sid of this account');
    if (credential.type !== device.type) {
      throw invalidParameter(`The Credential ${credential.sid} is not for ${device.type}`);
    }
    const now = this.clock.date();
    const present = this.list(device.chatServiceSid).find((binding) => isOf(binding, device));
    const binding: Binding = {
      sid: createSid('BS'),
      dateCreated: now,
      ...present,
      ...device,
      credentialSid: credential.sid,
      events: [...events],
      dateUpdated: now,
    };
    this.bySid.set(binding.sid, binding);
    return binding;
  }

  find(chatServiceSid: string, sid: string): Binding | undefined {
    const binding = this.bySid.get(sid);
    return binding?.chatServiceSid === chatServiceSid ? binding : undefined;
  }

  list(chatServiceSid: string): Binding[] {
    return [...this.bySid.values()].filter((binding) => binding.chatServiceSid === chatServiceSid);
  }

  of(chatServiceSid: string, identity: string): Binding[] {
    return this.list(chatServiceSid).filter((binding) => binding.identity === identity);
  }

  delete({ sid }: Binding): void {
    this.bySid.delete(sid);
  }

  /** Guess: only this identity's. */
  forget(device: Device): void {
    for (const binding of this.list(device.chatServiceSid)) {
      if (isOf(binding, device)) this.delete(binding);
    }
  }

  forgetService(chatServiceSid: string): void {
    for (const binding of this.list(chatServiceSid)) this.delete(binding);
  }
}

function isOf(binding: Binding, { identity, type, endpoint }: Device): boolean {
  return binding.identity === identity && binding.type === type && binding.endpoint === endpoint;
}
