/** Inline SVG: needs no request and has the colour of the surrounding text. Decorative, so hidden from screen readers. */

export const SendIcon = () => <Icon size={18} width={2} path="M10 16V4M10 4L5 9M10 4L15 9" />;

export const ChatIcon = () => (
  <Icon
    box={24}
    size={22}
    path="M12 4c-4.7 0-8.5 3.1-8.5 7 0 2.1 1.1 4 2.9 5.3L5.8 20l3.9-2.2c.7.13 1.5.2 2.3.2 4.7 0 8.5-3.1 8.5-7S16.7 4 12 4Z"
  />
);

export const CloseIcon = () => <Icon path="M5 8l5 5 5-5" />;

export const AttachIcon = () => (
  <Icon path="M16 9.2l-6 6a3.7 3.7 0 0 1-5.3-5.3l6.4-6.3a2.5 2.5 0 0 1 3.5 3.5l-6.3 6.3a1.2 1.2 0 0 1-1.8-1.7l5.7-5.7" />
);

export const FileIcon = () => (
  <Icon path="M11.5 3H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V6.5zM11.5 3v3.5H15" />
);

export const RemoveIcon = () => <Icon size={14} path="M5 5l10 10M15 5L5 15" />;

export const EndIcon = () => <Icon path="M8 4H4.5v12H8M12 6.5L15.5 10L12 13.5M15 10H8" />;

export const SoundIcon = ({ isSilent }: { isSilent: boolean }) => (
  <Icon
    path={`M3 7.5v5h3L10 16V4L6 7.5Z${isSilent ? 'M13 8l4 4M17 8l-4 4' : 'M13 7.5q1.6 2.5 0 5M15.5 5q3.2 5 0 10'}`}
  />
);

interface IconProps {
  path: string;
  /** The side of the square for `path`. */
  box?: number;
  /** The size on the page, in CSS pixels. */
  size?: number;
  /** The line width, in the units of `box`. */
  width?: number;
}

function Icon({ path, box = 20, size = 20, width = 1.8 }: IconProps) {
  return (
    <svg viewBox={`0 0 ${box} ${box}`} width={size} height={size} aria-hidden="true" focusable="false">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width={width}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
