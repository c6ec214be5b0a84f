import { personStyle } from '../parts/person-dot.tsx';

/**
 * A likeness of the avatar in one's colour: big head, small body, on a ring of its own. Its mouth opens with `--level`
 * of whatever it stands in.
 */
export function AvatarFigure({ colour }: { colour: number }) {
  return (
    <svg className="figure" viewBox="0 0 240 220" style={personStyle(colour)} aria-hidden="true">
      <ellipse className="figure-shadow" cx="152" cy="189" rx="64" ry="12" />
      <ellipse className="figure-ring" cx="120" cy="186" rx="76" ry="20" />
      <g className="figure-body">
        <path
          className="figure-coat"
          d="M88 182v-36c0-20 14-34 32-34s32 14 32 34v36c0 6-5 10-11 10h-8c-4 0-6-2-6-6v-6h-14v6c0 4-2 6-6 6h-8c-6 0-11-4-11-10Z"
        />
        <path
          className="figure-shade"
          d="M134 115c11 5 18 17 18 31v36c0 6-5 10-11 10h-8c-4 0-6-2-6-6v-6h-5c9-20 14-44 12-65Z"
        />
        <path className="figure-arm" d="M91 136c-9 6-13 17-12 30" />
        <path className="figure-arm" d="M149 136c9 6 13 17 12 30" />
      </g>
      <g className="figure-head">
        <circle className="figure-skin" cx="120" cy="72" r="48" />
        <path className="figure-shade" d="M143 30a48 48 0 0 1-18 90c19-21 27-58 18-90Z" />
        <path
          className="figure-coat"
          d="M72 68c0-28 21-46 48-46s48 18 48 46c-12-4-20-12-24-22-16 14-46 22-72 22Z"
        />
        <g className="figure-eyes">
          <ellipse cx="104" cy="77" rx="4.5" ry="6" />
          <ellipse cx="138" cy="77" rx="4.5" ry="6" />
        </g>
        <circle className="figure-cheek" cx="94" cy="91" r="6" />
        <circle className="figure-cheek" cx="148" cy="91" r="6" />
        <path className="figure-smile" d="M112 95q9 7 18 0" />
        <ellipse className="figure-mouth" cx="121" cy="97" rx="7" ry="7" />
      </g>
    </svg>
  );
}
