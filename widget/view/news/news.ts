/** Plays a tone and shows a system notification for an answer that is not visible: once, in one of the site's tabs. */
import type { ChatMessage, ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import type { ViewOptions } from '../options';
import { isAnyTabVisible, isFirstTab, announceVisible } from './site-tabs';
import { createSound, isMuted } from './sound';
import { authorName } from '../transcript/transcript-text';

export interface NewsPlace {
  text: Text;
  options: ViewOptions;
  isOpen(): boolean;
  onOpen(): void;
}

export interface News {
  /** Must be called with every state. */
  follow(state: ChatState): void;
  stop(): void;
}

export function createNews({ text, options, isOpen, onOpen }: NewsPlace): News {
  const sound = options.sound ? createSound() : null;
  const stopTelling = announceVisible();
  let newest = -1;
  let wasOpen = false;
  let shown: Notification | undefined;

  const notify = async (message: ChatMessage, name: string): Promise<void> => {
    const isHidden = document.visibilityState === 'hidden';
    const isAttended = isOpen() && !isHidden;
    // If another tab of the site is visible, the visitor sees the answer there.
    if (isHidden && (await isAnyTabVisible())) return;
    if (!(await isFirstTab(message.key)) || isAttended) return;
    if (!isMuted()) sound?.play();
    if (!isHidden || !options.notifications || globalThis.Notification?.permission !== 'granted') return;
    try {
      // Other people can see the screen, so the text is shown only if the site wants it. Always as plain text.
      const body = options.notifications === 'content' ? text.said(name, message.body) : text.unread(1);
      shown = new Notification(options.title ?? text.title, { body, tag: 'flex-chat', lang: text.language });
    } catch {
      return; // Chrome on Android has the constructor, but only for service workers.
    }
    shown.onclick = () => {
      focus();
      onOpen();
      shown?.close();
    };
  };

  return {
    follow(state) {
      const last = state.items.findLast(
        (item): item is ChatMessage => item.kind === 'message' && item.author === 'agent',
      );
      const index = last?.index ?? -1;
      // Messages that a reload or an earlier page restores are not new.
      if (last && index > newest && wasOpen) void notify(last, authorName(last, text));
      newest = state.phase === 'new' ? -1 : Math.max(newest, index);
      wasOpen = state.phase === 'open';
    },
    stop() {
      sound?.stop();
      stopTelling();
      shown?.close();
    },
  };
}
