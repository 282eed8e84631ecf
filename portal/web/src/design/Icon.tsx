/** Outlines on a grid of 24, drawn with lines of 1.75. */
const paths = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16.5 16.5 21 21",
  market: "M4 9l1.5-5h13L20 9M4 9v11h16V9M4 9h16M9 20v-6h6v6",
  work: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
  requests: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
  dataset: "M12 10c4 0 7-1.3 7-3.3S16 3.5 12 3.5 5 4.8 5 6.7 8 10 12 10ZM5 6.7v10.6c0 2 3 3.2 7 3.2s7-1.2 7-3.2V6.7M5 12c0 2 3 3.3 7 3.3s7-1.3 7-3.3",
  model: "M12 3v4M12 17v4M3 12h4M17 12h4M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2",
  explorer: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.5 9h17M3.5 15h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5",
  language: "M3 6h10M8 3v3M5 6c1 4 4 7 8 8M11 6c-1 4-4 7-8 8M12.5 20l4-9 4 9M14 17h5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 12.5 10 17.5 19.5 7",
  alert: "M12 4 2.5 20h19ZM12 10v4.5M12 17.2v.1",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.6v.1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  key: "M8 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 11.5h9M17.5 11.5V15M20.5 11.5V14",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  edit: "M4 20l1-4L16 5l3 3L8 19ZM14 7l3 3",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14",
  upload: "M12 16V5M7.5 9 12 4.5 16.5 9M5 20h14",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  filter: "M4 5h16l-6 7.5V19l-4-2v-4.5Z",
  sortUp: "M12 19V6M7 10.5 12 5.5l5 5",
  sortDown: "M12 5v13M7 13.5l5 5 5-5",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  previous: "M14.5 5.5 8 12l6.5 6.5",
  down: "M6 9.5 12 15.5 18 9.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2",
  coins: "M9 13a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM14.5 8.2a5 5 0 1 1-5.3 7",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15ZM10 20.5h4",
  play: "M8 5v14l11-7Z",
  pause: "M8 5v14M16 5v14",
  undo: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
  redo: "M16 5l4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  flag: "M6 21V4h11l-2 4 2 4H6",
  star: "M12 4l2.5 5.2 5.5.8-4 4 1 5.5-5-2.7-5 2.7 1-5.5-4-4 5.5-.8Z",
  shield: "M12 3l7 3v5.5c0 4.5-3 7.7-7 9.5-4-1.8-7-5-7-9.5V6ZM8.5 12l2.5 2.5 4.5-5",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
} as const;

export type IconName = keyof typeof paths;

/** Icons that point along the line of reading, and turn round where that runs to the left. */
const along = new Set<IconName>(["next", "previous", "undo", "redo", "play"]);

/** An icon beside a text; screen readers are told the text alone. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`size-[1.25em] shrink-0 ${along.has(name) ? "rtl:-scale-x-100" : ""} ${className}`}
    >
      <path d={paths[name]} />
    </svg>
  );
}
