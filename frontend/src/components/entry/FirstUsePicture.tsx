/**
 * A link falls onto a shelf of tiles: one is there already, in colour; one is on its way, grey under its ring;
 * and one is the place where the next will be.
 */
export function FirstUsePicture({ touch }: { touch: boolean }) {
  return (
    <svg viewBox="0 0 440 236" className="w-full max-w-[27rem]" aria-hidden="true">
      <Done />
      <OnItsWay />
      <Next />
      <path
        d="M220 66c0 14 0 22 0 34m-8-8.5 8 9 8-9"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      <FallingLink />
      {touch ? <Finger /> : <Pointer />}
    </svg>
  );
}

function Titles({ x, wide, className }: { x: number; wide: number; className: string }) {
  return (
    <g className={className}>
      <rect x={x} y="206" width={wide} height="7" rx="3.5" />
      <rect x={x} y="220" width={wide * 0.58} height="6" rx="3" opacity=".6" />
    </g>
  );
}

function Done() {
  return (
    <g>
      <clipPath id="first-done">
        <rect x="6" y="118" width="134" height="78" rx="10" />
      </clipPath>
      <g clipPath="url(#first-done)">
        <rect x="6" y="118" width="134" height="78" className="fill-accent" opacity=".22" />
        <circle cx="108" cy="141" r="10" className="fill-warn" opacity=".75" />
        <path d="M-4 196 48 144l30 30 18-16 50 46z" className="fill-accent" opacity=".55" />
        <path d="M40 200 96 158l58 46z" className="fill-accent" />
      </g>
      <rect x="108" y="180" width="26" height="11" rx="4" fill="#141311" opacity=".8" />
      <rect x="113" y="184" width="16" height="3" rx="1.5" fill="#fff" />
      <Titles x={6} wide={112} className="fill-text-2" />
    </g>
  );
}

/** The ring as on a tile: white on a dark veil, filled clockwise from the top. */
function OnItsWay() {
  const circumference = 2 * Math.PI * 17;
  return (
    <g>
      <clipPath id="first-coming">
        <rect x="153" y="118" width="134" height="78" rx="10" />
      </clipPath>
      <g clipPath="url(#first-coming)">
        <rect x="153" y="118" width="134" height="78" fill="#8b877f" />
        <path d="M150 196 196 150l26 26 20-18 48 42z" fill="#6b675f" />
        <rect x="153" y="118" width="134" height="78" fill="#141311" opacity=".5" />
      </g>
      <circle cx="220" cy="157" r="17" fill="none" stroke="#fff" strokeWidth="5" opacity=".3" />
      <circle
        cx="220"
        cy="157"
        r="17"
        fill="none"
        stroke="#fff"
        strokeWidth="5"
        strokeLinecap="round"
        strokeDasharray={circumference}
        strokeDashoffset={circumference * 0.4}
        transform="rotate(-90 220 157)"
      />
      <Titles x={153} wide={96} className="fill-surface-3" />
    </g>
  );
}

function Next() {
  return (
    <g>
      <rect
        x="301"
        y="119"
        width="132"
        height="76"
        rx="10"
        fill="none"
        strokeWidth="2"
        strokeDasharray="6 6"
        className="stroke-surface-3"
      />
      <Titles x={300} wide={84} className="fill-surface-2" />
    </g>
  );
}

function FallingLink() {
  return (
    <g>
      <rect
        x="105"
        y="14"
        width="230"
        height="42"
        rx="21"
        className="fill-surface-1 stroke-surface-3"
        strokeWidth="1.5"
      />
      <rect x="118" y="26" width="26" height="18" rx="5.5" className="fill-accent" />
      <path d="M128 31.2v7.6l6.4-3.8z" className="fill-on-accent" />
      <g className="fill-text-3">
        <rect x="156" y="31.5" width="58" height="7" rx="3.5" />
        <rect x="220" y="31.5" width="36" height="7" rx="3.5" opacity=".6" />
        <rect x="262" y="31.5" width="48" height="7" rx="3.5" opacity=".35" />
      </g>
    </g>
  );
}

function Pointer() {
  return (
    <path
      d="m312 42 1.5 25 6.4-5.6 5 10.6 5.2-2.4-5-10.6 8.4-.8z"
      strokeWidth="1.75"
      strokeLinejoin="round"
      className="fill-text-1 stroke-surface-0"
    />
  );
}

function Finger() {
  return (
    <g className="stroke-accent" fill="none" strokeWidth="2">
      <circle cx="322" cy="50" r="9" className="fill-accent" fillOpacity=".25" />
      <circle cx="322" cy="50" r="16" opacity=".35" />
    </g>
  );
}
