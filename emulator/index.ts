/**
 * What the package `flex-chat-emulator` exports. For tests with twilio-node see `flex-chat-emulator/twilio`, for Jest,
 * Vitest and `node:test` the entries of these names.
 */
export { Emulator, type ClientOptions, type EmulatorOptions } from './emulator';
export { ConnectProxy } from './proxy/connect-proxy';
export { readSeed, type Seed } from './seed';
export type { Account } from './core/account';
export type { Fault } from './core/faults';
export type { JournalEntry } from './core/journal';
