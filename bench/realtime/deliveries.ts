/** What became of each message, by its id: totals hide a lost message behind one that arrived in spite of a rejection. */

/** Of one process, or of all. The sender and the recipient of a message may be in different processes. */
export interface Deliveries {
  /** Ids whose `sendMessage` was called. */
  sent: string[];
  /** Ids whose `sendMessage` resolved. */
  acknowledged: string[];
  /** Ids whose `sendMessage` rejected. The emulator may have received the message all the same. */
  rejected: string[];
  /** Each `messageAdded` of a recipient, with its time since `sendMessage` in milliseconds. */
  arrivals: [id: string, latencyMs: number][];
}

export interface DeliveryCount {
  sent: number;
  delivered: number;
  /** Acknowledged, and never delivered. */
  lost: number;
  rejectedButDelivered: number;
  rejectedNotDelivered: number;
  /** Neither acknowledged nor rejected, and not delivered. */
  unanswered: number;
  /** Arrivals after the first of the same message. */
  duplicates: number;
  /** Of each message's first arrival. */
  latenciesMs: number[];
}

export function countDeliveries({ sent, acknowledged, rejected, arrivals }: Deliveries): DeliveryCount {
  const latencies = new Map<string, number>();
  for (const [id, latencyMs] of arrivals) if (!latencies.has(id)) latencies.set(id, latencyMs);
  const undelivered = (ids: readonly string[]): number => ids.filter((id) => !latencies.has(id)).length;
  const [lost, rejectedNotDelivered] = [undelivered(acknowledged), undelivered(rejected)];
  return {
    sent: sent.length,
    delivered: latencies.size,
    lost,
    rejectedButDelivered: rejected.length - rejectedNotDelivered,
    rejectedNotDelivered,
    unanswered: undelivered(sent) - lost - rejectedNotDelivered,
    duplicates: arrivals.length - latencies.size,
    latenciesMs: [...latencies.values()],
  };
}
