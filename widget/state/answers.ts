/** Which choice of a message the visitor has made. */
import type { TranscriptItem } from './model';

/** One answer for each message, by whichever tab of the visitor it is sent. */
export function answerKey(to: string): string {
  return `to-${to}`;
}

/** Shows in each message with choices which one the visitor has made. */
export function withChosen(items: readonly TranscriptItem[]): readonly TranscriptItem[] {
  const answers = items.flatMap((item) => (item.kind === 'message' && item.answer) || []);
  return items.map((item) => {
    if (item.kind !== 'message' || !item.content) return item;
    const chosen = answers.find(({ to }) => to === item.key)?.id ?? null;
    return { ...item, content: { ...item.content, chosen } };
  });
}
