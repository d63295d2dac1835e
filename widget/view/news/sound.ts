/** A short tone that the browser synthesizes: no file is loaded, and a strict policy does not block it. */

/** Two notes, one after the other, each fading out. Hertz and seconds. */
const NOTES = [660, 880];
const NOTE_SECONDS = 0.14;
/** From 0 to 1, the maximum. */
const VOLUME = 0.06;

const GESTURES = ['click', 'keydown'] as const;

/** The visitor's choice, stored for this tab. */
const MUTED = 'flex-chat:muted';

export function isMuted(): boolean {
  try {
    return sessionStorage.getItem(MUTED) !== null;
  } catch {
    return false; // Storage is denied: the choice is not stored.
  }
}

export function mute(muted: boolean): void {
  try {
    if (muted) sessionStorage.setItem(MUTED, '1');
    else sessionStorage.removeItem(MUTED);
  } catch {
    // As above.
  }
}

export interface Sound {
  play(): void;
  stop(): void;
}

/** Silent until the visitor has interacted with the page: browsers block sound before, and Safari requires a start in a gesture. */
export function createSound(): Sound {
  let context: AudioContext | undefined;
  const begin = (): void => {
    context = new AudioContext();
    // Suspended between the tones, because a running context uses battery.
    void context.suspend();
    forgetGestures();
  };
  const forgetGestures = (): void => {
    for (const gesture of GESTURES) removeEventListener(gesture, begin, true);
  };
  for (const gesture of GESTURES) addEventListener(gesture, begin, true);
  return {
    play() {
      if (!context) return;
      void context.resume();
      NOTES.forEach((hertz, position) => {
        const note = context!.createOscillator();
        const volume = context!.createGain();
        const from = context!.currentTime + position * NOTE_SECONDS;
        note.frequency.value = hertz;
        volume.gain.setValueAtTime(VOLUME, from);
        volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_SECONDS);
        note.connect(volume).connect(context!.destination);
        note.start(from);
        note.stop(from + NOTE_SECONDS);
        if (position === NOTES.length - 1) note.onended = () => void context!.suspend();
      });
    },
    stop() {
      forgetGestures();
      void context?.close();
    },
  };
}
