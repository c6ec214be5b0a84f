import { useId } from 'react';

interface Props {
  label: string;
  hint?: string;
  on: boolean;
  change: (on: boolean) => void;
}

/** Something that is on or off, at once. */
export function Switch({ label, hint, on, change }: Props) {
  const id = useId();
  return (
    <label className="switch" htmlFor={id}>
      <span className="switch-words">
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        onChange={(event) => change(event.target.checked)}
      />
    </label>
  );
}
