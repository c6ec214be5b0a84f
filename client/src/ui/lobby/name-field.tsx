import { nameSchema } from '@chatmux/schema';
import { type RefObject, useId } from 'react';
import { patch, useApp } from '../../store/store.ts';
import { Icon } from '../parts/icon.tsx';

/** What is wrong with a name, in words; undefined when it can be used. */
export function nameProblem(name: string): string | undefined {
  const result = nameSchema.safeParse(name);
  return result.success ? undefined : (result.error.issues[0]?.message ?? 'Please give another name.');
}

interface Props {
  input: RefObject<HTMLInputElement | null>;
  /** What to say beside the field, if anything. */
  problem: string | undefined;
  /** The person left the field or changed it. */
  touched: () => void;
}

export function NameField({ input, problem, touched }: Props) {
  const name = useApp((state) => state.profile.name);
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Your name
      </label>
      <input
        ref={input}
        id={id}
        className="input name-input"
        type="text"
        value={name}
        maxLength={200}
        autoComplete="nickname"
        autoCapitalize="words"
        spellCheck={false}
        enterKeyHint="go"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => patch('profile', { name: event.target.value })}
        onBlur={(event) => {
          // Someone who has not begun yet needs no telling.
          if (event.target.value !== '') touched();
        }}
      />
      <p className="field-problem" id={`${id}-problem`} role="alert">
        {problem !== undefined && (
          <>
            <Icon name="alert" size={16} />
            {problem}
          </>
        )}
      </p>
    </div>
  );
}
