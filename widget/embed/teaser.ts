/** An invitation beside the button: shown once per tab, and not again after it was clicked or dismissed. */
import { DISMISS_WORDS } from '../text/teaser-words';
import type { LauncherPlace } from './contract';

const DEFAULT_SECONDS = 5;
const SEEN = 'flex-chat:teaser';

export function inviteVisitor(
  words: string,
  afterSeconds = DEFAULT_SECONDS,
  { root, button, chat }: LauncherPlace,
): void {
  if (wasSeen(words)) return;
  const teaser = document.createElement('div');
  teaser.className = 'teaser';
  // Empty at first, so that screen readers announce the text.
  teaser.setAttribute('role', 'status');
  root.insertBefore(teaser, button);
  const timer = setTimeout(() => {
    if (button.hidden || chat.isOpen()) return;
    teaser.append(...draw());
  }, afterSeconds * 1000);
  const stop = chat.on('open', () => finish());

  const finish = (): void => {
    clearTimeout(timer);
    stop();
    teaser.remove();
    markSeen(words);
  };
  const draw = (): HTMLElement[] => {
    const invitation = document.createElement('button');
    invitation.className = 'teaser-text';
    invitation.textContent = words;
    invitation.onclick = () => chat.open();
    const dismiss = document.createElement('button');
    dismiss.className = 'teaser-dismiss';
    dismiss.textContent = '×';
    dismiss.setAttribute(
      'aria-label',
      DISMISS_WORDS[(root.host as HTMLElement).lang] ?? DISMISS_WORDS['en']!,
    );
    dismiss.onclick = () => {
      finish();
      button.focus();
    };
    for (const one of [invitation, dismiss]) one.type = 'button';
    return [invitation, dismiss];
  };
}

function wasSeen(words: string): boolean {
  try {
    return sessionStorage.getItem(SEEN) === words;
  } catch {
    return false;
  }
}

function markSeen(words: string): void {
  try {
    sessionStorage.setItem(SEEN, words);
  } catch {
    // Storage is denied: the teaser then appears again on the next page.
  }
}
