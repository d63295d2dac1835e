/** Drawn inline: no request, and they take the colour of the text around them. Decoration only, hence hidden. */

export function SendIcon() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path
        d="M10 16V4M10 4L5 9M10 4L15 9"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function ChatIcon() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path
        d="M12 4c-4.7 0-8.5 3.1-8.5 7 0 2.1 1.1 4 2.9 5.3L5.8 20l3.9-2.2c.7.13 1.5.2 2.3.2 4.7 0 8.5-3.1 8.5-7S16.7 4 12 4Z"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function CloseIcon() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d="M5 8l5 5 5-5" {...LINE} />
    </svg>
  );
}

export function AttachIcon() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d="M16 9.2l-6 6a3.7 3.7 0 0 1-5.3-5.3l6.4-6.3a2.5 2.5 0 0 1 3.5 3.5l-6.3 6.3a1.2 1.2 0 0 1-1.8-1.7l5.7-5.7"
        {...LINE}
      />
    </svg>
  );
}

export function FileIcon() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d="M11.5 3H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V6.5zM11.5 3v3.5H15" {...LINE} />
    </svg>
  );
}

export function RemoveIcon() {
  return (
    <svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true" focusable="false">
      <path d="M5 5l10 10M15 5L5 15" {...LINE} />
    </svg>
  );
}

export function EndIcon() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d="M8 4H4.5v12H8M12 6.5L15.5 10L12 13.5M15 10H8" {...LINE} />
    </svg>
  );
}

export function SoundIcon({ isSilent }: { isSilent: boolean }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={`M3 7.5v5h3L10 16V4L6 7.5Z${isSilent ? 'M13 8l4 4M17 8l-4 4' : 'M13 7.5q1.6 2.5 0 5M15.5 5q3.2 5 0 10'}`}
        {...LINE}
      />
    </svg>
  );
}

const LINE = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': '1.8',
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const;
