/** Entries of Twilio's Debugger: errors and warnings that are in no answer. */
import type { Clock } from '../core/clock';

interface Alert {
  date: Date;
  level: 'warning' | 'error';
  /** Source: docs https://www.twilio.com/docs/api/errors */
  code: number;
  message: string;
  resourceSid: string;
}

/** A debugging aid, not an archive. */
const MAX_KEPT = 1000;

export class Alerts {
  private readonly kept: Alert[] = [];

  constructor(private readonly clock: Clock) {}

  record(alert: Omit<Alert, 'date'>): void {
    this.kept.push({ date: this.clock.date(), ...alert });
    if (this.kept.length > MAX_KEPT) this.kept.shift();
  }

  /** Oldest first. */
  list(): readonly Alert[] {
    return this.kept;
  }
}
