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

/** `at`: when to begin, in milliseconds since the epoch. */
export type ToClient = { type: 'connect'; task: ClientTask } | { type: 'start'; at: number };

export type ClientReport =
  { type: 'connected' } | { type: 'done'; sent: number; failed: number; latenciesMs: number[] };
