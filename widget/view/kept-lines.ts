/** Lines that nothing has changed about are not drawn again: a long history has thousands of them. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface KeptLine {
  causes: readonly unknown[];
  line: VNode;
}

/** Draws the line of that key, unless all its causes are what they were last time. */
export type KeepLine = (key: string, causes: readonly unknown[], draw: () => VNode) => VNode;

export function useKeptLines(): KeepLine {
  const before = useRef(new Map<string, KeptLine>());
  // Of this time only: what is gone from the transcript is let go.
  const now = new Map<string, KeptLine>();
  useLayoutEffect(() => {
    before.current = now;
  });
  return (key, causes, draw) => {
    let kept = before.current.get(key);
    if (!kept?.causes.every((cause, position) => cause === causes[position])) kept = { causes, line: draw() };
    now.set(key, kept);
    // Preact passes over an element that it knows already.
    return kept.line;
  };
}
