/** Which choice of a message the visitor has made. */
import type { TranscriptItem } from './model';

/** The same key in all tabs, so that each message gets one answer. */
export function answerKey(to: string): string {
  return `to-${to}`;
}

/** Sets `chosen` in each message with choices. */
export function withChosen(items: readonly TranscriptItem[]): readonly TranscriptItem[] {
  const answers = items.flatMap((item) => (item.kind === 'message' && item.answer) || []);
  return items.map((item) => {
    if (item.kind !== 'message' || !item.content) return item;
    const chosen = answers.find(({ to }) => to === item.key)?.id ?? null;
    return { ...item, content: { ...item.content, chosen } };
  });
}
