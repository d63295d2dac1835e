/** A short tone, made in the browser: no file, so nothing to load and nothing that a strict policy refuses. */

/** Two notes, one after the other, each fading out. Hertz and seconds. */
const NOTES = [660, 880];
const NOTE_SECONDS = 0.14;
/** Of the loudest that there is. */
const VOLUME = 0.06;

const GESTURES = ['click', 'keydown'] as const;

/** The visitor's own choice, kept as long as the tab. */
const MUTED = 'flex-chat:muted';

export function isMuted(): boolean {
  try {
    return sessionStorage.getItem(MUTED) !== null;
  } catch {
    return false; // Refused by the browser: the choice is not kept.
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

/** Silent until the visitor has touched the page: browsers allow no sound before, and Safari only what a gesture began. */
export function createSound(): Sound {
  let context: AudioContext | undefined;
  const begin = (): void => {
    context = new AudioContext();
    // Asleep between the tones: a running one costs battery.
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
