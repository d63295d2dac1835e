/** Messages between the bench and its client processes. */

/** One SDK session: its identity and its Conversation. */
export interface Seat {
  identity: string;
  token: string;
  conversationSid: string;
}

export interface ClientTask {
  realtimeUrl: string;
  seats: Seat[];
  messagesPerSession: number;
  intervalMs: number;
}

/** `at`: when to begin, in milliseconds since the epoch. `tell`: the result so far, once more. */
export type ToClient =
  { type: 'connect'; task: ClientTask } | { type: 'start'; at: number } | { type: 'tell' };

/** Of one process, or of all. */
export interface Result {
  sent: number;
  failed: number;
  latenciesMs: number[];
  /** While messages were sent. */
  cpuMs: number;
}

export type ClientReport = { type: 'connected' } | ({ type: 'done' } & Result);
