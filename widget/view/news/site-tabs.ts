/** Coordinates the tabs of a site through locks: which tab acts, and whether any tab is visible. */

/** The lock that all visible tabs share. */
const VISIBLE = 'flex-chat:visible';
/** Longer than one message takes to reach all tabs. */
const CLAIM_MS = 10_000;

/** Only secure pages have locks; on other pages each tab acts alone. */
const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;

/** True in exactly one of the tabs that call it with the same name. */
export async function isFirstTab(name: string): Promise<boolean> {
  const manager = locks();
  if (!manager) return true;
  return new Promise((resolve) => {
    void manager.request(`flex-chat:${name}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null);
      if (lock) await new Promise((done) => setTimeout(done, CLAIM_MS));
    });
  });
}

/** Shows the other tabs that this one is visible. Returns a function that stops it. */
export function announceVisible(): () => void {
  let release: (() => void) | undefined;
  const update = (): void => {
    release?.();
    release = undefined;
    if (document.visibilityState !== 'visible') return;
    const seen = new Promise<void>((done) => (release = done));
    void locks()?.request(VISIBLE, { mode: 'shared' }, () => seen);
  };
  update();
  document.addEventListener('visibilitychange', update);
  return () => {
    document.removeEventListener('visibilitychange', update);
    release?.();
  };
}

export async function isAnyTabVisible(): Promise<boolean> {
  const held = (await locks()?.query())?.held ?? [];
  return held.some(({ name }) => name === VISIBLE);
}
