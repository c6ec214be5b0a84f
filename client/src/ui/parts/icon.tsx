import type { ReactElement } from 'react';

/** Every icon, drawn on a 24-unit square with a 1.75 line. */
const shapes = {
  mic: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  'mic-off': (
    <>
      <path d="M9 9v2a3 3 0 0 0 4.8 2.4M15 10.5V6a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.7 5M18.3 13a6.5 6.5 0 0 0 .2-1.5M12 18v3" />
      <path d="m4 4 16 16" />
    </>
  ),
  cam: (
    <>
      <rect x="3" y="6.5" width="12.5" height="11" rx="3" />
      <path d="m15.5 11 4-2.6a.7.7 0 0 1 1.1.6v6a.7.7 0 0 1-1.1.6l-4-2.6" />
    </>
  ),
  'cam-off': (
    <>
      <path d="M6.5 6.5H6a3 3 0 0 0-3 3v5a3 3 0 0 0 3 3h6.5a3 3 0 0 0 2.5-1.3M10.5 6.5h2a3 3 0 0 1 3 3V11l4-2.6a.7.7 0 0 1 1.1.6v6a.7.7 0 0 1-.7.7" />
      <path d="m4 4 16 16" />
    </>
  ),
  screen: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2.5" />
      <path d="M8.5 20h7M12 16.5V20M12 13.2V7.8m-2.4 2.4L12 7.8l2.4 2.4" />
    </>
  ),
  enlarge: <path d="M14 4.5h5.5V10M19.5 4.5 13.5 10.5M10 19.5H4.5V14M4.5 19.5l6-6" />,
  shrink: <path d="M19 10h-5V5M14 10l5.5-5.5M5 14h5v5M10 14l-5.5 5.5" />,
  people: (
    <>
      <circle cx="9" cy="8" r="3.25" />
      <path d="M3 19.5a6 6 0 0 1 12 0M15.5 5a3.25 3.25 0 0 1 0 6M17.5 14.2a6 6 0 0 1 3.5 5.3" />
    </>
  ),
  friends: <path d="m12 19.6-7.2-7a4.5 4.5 0 0 1 6.3-6.4l.9.9.9-.9a4.5 4.5 0 0 1 6.3 6.4l-7.2 7Z" />,
  settings: (
    <>
      <path d="M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9" />
      <circle cx="15" cy="7.5" r="2" />
      <circle cx="9" cy="16.5" r="2" />
    </>
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="8.75" />
      <path d="M9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M12 16.5v.01" />
    </>
  ),
  leave: <path d="M14 4.5H8a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h6M10.5 12H20m-3-3.2 3.2 3.2L17 15.2" />,
  close: <path d="m6.5 6.5 11 11m0-11-11 11" />,
  walk: (
    <>
      <circle cx="13" cy="4.5" r="1.75" />
      <path d="m9 21 2.3-5.5M16 21l-1.2-4.3-3-2.9L13 8.8M7 12.2l1.5-2.6L13 8.8l1.6 2.7 2.9 1.2" />
    </>
  ),
  speaker: <path d="M4 9.8v4.4h3l4.5 3.6V6.2L7 9.8H4Zm11.3-1.3a5 5 0 0 1 0 7M17.8 6a8.5 8.5 0 0 1 0 12" />,
  alert: <path d="M12 4.5 3.5 19.3h17L12 4.5ZM12 10.5v4M12 16.8v.01" />,
  check: <path d="m5.5 12.5 4.2 4.2 8.8-9" />,
  chevron: <path d="m7 10 5 5 5-5" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2.5" />
      <path d="M15.5 8.5V7A2.5 2.5 0 0 0 13 4.5H7A2.5 2.5 0 0 0 4.5 7v6A2.5 2.5 0 0 0 7 15.5h1.5" />
    </>
  ),
  moved: (
    <path d="M12 4v16M4 12h16M9.5 6.5 12 4l2.5 2.5M9.5 17.5 12 20l2.5-2.5M6.5 9.5 4 12l2.5 2.5M17.5 9.5 20 12l-2.5 2.5" />
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />
      <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.2v2.1" />
    </>
  ),
  unlock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />
      <path d="M8 10.5V8a4 4 0 0 1 7.6-1.7M12 14.2v2.1" />
    </>
  ),
  circle: (
    <path d="M9 4.1a8.5 8.5 0 0 1 6 0M18.8 6.9a8.5 8.5 0 0 1 1.6 5.8M18.6 17.4a8.5 8.5 0 0 1-4.8 2.9M9.8 20.2a8.5 8.5 0 0 1-4.6-3.1M3.6 12.4A8.5 8.5 0 0 1 5.3 6.8" />
  ),
  key: <path d="M14.6 13.2a4.6 4.6 0 1 0-3.8-3.8L4 16.2V20h3.8v-2.2H10v-2.2h2.2l2.4-2.4ZM16.2 7.8v.01" />,
  knock: (
    <path d="M5 20V6.5A2.5 2.5 0 0 1 7.5 4h5A2.5 2.5 0 0 1 15 6.5V20M3.5 20h13M11.5 12.5v.01M18 8.5l2.5-1M18.5 12H21M18 15.5l2.5 1" />
  ),
  ear: (
    <path d="M5.75 10V9.25a6.25 6.25 0 0 1 12.5 0c0 4.6-4.9 5.2-4.9 8.6a3.15 3.15 0 0 1-6 1.3M9.25 10.5V9.4a2.75 2.75 0 0 1 5.5 0c0 1.9-2.2 2-2.2 3.9a1.6 1.6 0 0 1-2.9.9" />
  ),
  'ear-off': (
    <>
      <path d="M8.3 4.2a6.25 6.25 0 0 1 9.95 5.05c0 1.7-.7 2.9-1.5 3.9M13.4 17.4l-.05.45a3.15 3.15 0 0 1-6 1.3M5.75 10V9.25l.2-1.5M12.2 6.7a2.75 2.75 0 0 1 2.5 3.2M9.25 10.5v-.6" />
      <path d="m4 4 16 16" />
    </>
  ),
  busy: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M8 12h8" />
    </>
  ),
  more: <path d="M6 12v.01M12 12v.01M18 12v.01" strokeWidth="2.75" />,
  block: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m6.2 6.2 11.6 11.6" />
    </>
  ),
  place: (
    <>
      <path d="M12 20.5s6.5-5.4 6.5-10.4a6.5 6.5 0 0 0-13 0c0 5 6.5 10.4 6.5 10.4Z" />
      <circle cx="12" cy="10" r="2.25" />
    </>
  ),
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

/** An icon that goes with words: it says nothing to screen readers itself. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}
