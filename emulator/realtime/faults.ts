/** Injected failures of the realtime service: the next N inits or tunnelled requests are answered with a given status, or never. */
import { Bus } from '../core/bus';

interface RealtimeFault {
  /** `init`: the session is refused. `request`: an HTTP status in the tunnel. `transport`: the tunnel itself fails. */
  on: 'init' | 'request' | 'transport';
  /** `none`: no answer ever comes. */
  status: number | 'none';
  times: number;
  /** Only requests with this method, and with a path that contains this. */
  method?: string | undefined;
  path?: string | undefined;
  /** JSON that goes with it, for example `{"backoff_policy":{"reconnect_min_ms":700}}`. */
  payload?: unknown;
}

export class RealtimeFaults {
  readonly events = new Bus<{ met: RealtimeFault }>();
  private readonly faults: RealtimeFault[] = [];

  add(fault: RealtimeFault): void {
    this.faults.push({ ...fault });
  }

  clear(): void {
    this.faults.length = 0;
  }

  /** The fault that this init or request meets, used up by one. */
  take(on: RealtimeFault['on'], request?: { method: string; path: string }): RealtimeFault | undefined {
    const fault = this.faults.find(
      (one) =>
        one.on === on &&
        one.times > 0 &&
        (one.method === undefined || one.method === request?.method) &&
        (one.path === undefined || request?.path.includes(one.path)),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    this.events.emit('met', fault);
    return fault;
  }
}
