import { useId } from 'react';

interface Props<T extends string | number> {
  label: string;
  hint?: string;
  options: readonly { value: T; label: string }[];
  value: T;
  change: (value: T) => void;
}

/** One of a few, all in sight: radio buttons in a row. */
export function Choices<T extends string | number>({ label, hint, options, value, change }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="field-label">{label}</legend>
      <div className="choices-row">
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              className="only-heard"
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => change(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && <p className="hint">{hint}</p>}
    </fieldset>
  );
}
