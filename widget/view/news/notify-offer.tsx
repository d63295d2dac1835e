/** Offers system notifications for answers. Asks for the permission only when the visitor accepts the offer. */
import { useState } from 'preact/hooks';
import type { Text } from '../../text/text';

export function NotifyOffer({ text }: { text: Text }) {
  const [permission, setPermission] = useState(globalThis.Notification?.permission);
  if (permission !== 'default') return null;
  const ask = async (): Promise<void> => {
    const answer = await Notification.requestPermission();
    setPermission(answer);
  };
  return (
    <p class="offer">
      <button type="button" class="link" onClick={() => void ask()}>
        {text.notify}
      </button>
    </p>
  );
}
