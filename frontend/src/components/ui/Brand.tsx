/** The mark: books on a shelf, the last one plays. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-on-accent">
        <rect x="6.5" y="8" width="3" height="16" rx="1.5" opacity=".55" />
        <rect x="11.5" y="8" width="3" height="16" rx="1.5" opacity=".8" />
        <path d="M17.5 10.3c0-1 1.1-1.6 2-1.1l8 5.6c.8.6.8 1.8 0 2.3l-8 5.6c-.9.6-2 0-2-1.1z" />
      </g>
    </svg>
  );
}
