/** Adds what React Native's older `AbortSignal` lacks. Source: abort-controller 3.0.0, which React Native uses */
export function completeAbortSignals(): void {
  const signals = AbortSignal as Partial<typeof AbortSignal> & { prototype: Partial<AbortSignal> };
  signals.timeout ??= (delayMs) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), delayMs);
    return controller.signal;
  };
  signals.prototype.throwIfAborted ??= function (this: AbortSignal) {
    if (this.aborted) throw new Error('Aborted');
  };
}
