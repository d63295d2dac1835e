/**
 * Import it where Twilio's SDKs leave timers behind (tokens, heartbeats, caches) for which Jest would wait up to an
 * hour: from then on no timer of this test file keeps the process alive.
 */
const { setTimeout: later, setInterval: again } = globalThis;
globalThis.setTimeout = ((...call: Parameters<typeof later>) => later(...call).unref()) as typeof later;
globalThis.setInterval = ((...call: Parameters<typeof again>) => again(...call).unref()) as typeof again;

export {};
