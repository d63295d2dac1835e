/** What the tabs of one site agree on without talking: who of them acts, and whether the visitor looks at any. */

/** The one lock that every visible tab shares. */
const VISIBLE = 'flex-chat:visible';
/** Longer than one message takes to reach all tabs. */
const CLAIM_MS = 10_000;

/** Only secure pages have locks; elsewhere each tab speaks for itself. */
const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;

/** True in one of the tabs that ask for the same thing. */
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

/** Lets the other tabs know that the visitor sees this one. Returns how to stop. */
export function tellVisible(): () => void {
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
