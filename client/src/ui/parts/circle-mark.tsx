/** A circle as it lies on the ground: dashed while it is open, a double line while it is locked. */
export function CircleMark({ colour, locked }: { colour: string; locked: boolean }) {
  const dashes = locked ? undefined : '4.6 4.04';
  return (
    <svg className="circle-mark" width={20} height={20} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      {[
        { stroke: 'currentColor', more: 1.75 },
        { stroke: colour, more: 0 },
      ].map(({ stroke, more }) => (
        <g key={more} stroke={stroke}>
          <circle cx="10" cy="10" r="8.25" strokeWidth={1.75 + more} strokeDasharray={dashes} />
          {locked && <circle cx="10" cy="10" r="4.5" strokeWidth={1.25 + more} />}
        </g>
      ))}
    </svg>
  );
}
