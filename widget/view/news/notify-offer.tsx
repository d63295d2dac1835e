/** Offers to tell of answers by the system's notifications. Asks for the permission only when the visitor says so. */
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
