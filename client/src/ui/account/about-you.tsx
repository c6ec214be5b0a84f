import { ABOUT_MAX_LENGTH, type Account, PRONOUNS_MAX_LENGTH } from '@chatmux/schema';
import { type FormEvent, useId, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';

/** What one says of oneself: others read it beside one's name. */
export function AboutYou({ account }: { account: Account }) {
  const { account: does } = useActions();
  const busy = useApp((state) => state.account.busy);
  const [pronouns, setPronouns] = useState(account.pronouns);
  const [about, setAbout] = useState(account.about);
  const id = useId();
  const isSaved = pronouns === account.pronouns && about === account.about;
  const save = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!isSaved && busy === undefined) void does.setAbout({ pronouns, about });
  };
  return (
    <section className="group" aria-label="About you">
      <h3>About you</h3>
      <form className="account-about" onSubmit={save}>
        <label className="field-label" htmlFor={`${id}-pronouns`}>
          Pronouns
        </label>
        <input
          id={`${id}-pronouns`}
          className="input"
          value={pronouns}
          maxLength={PRONOUNS_MAX_LENGTH}
          autoComplete="off"
          placeholder="she/her, he/him, they/them …"
          onChange={(event) => setPronouns(event.target.value)}
        />
        <label className="field-label" htmlFor={`${id}-about`}>
          A line about you, or what you are up to
        </label>
        <input
          id={`${id}-about`}
          className="input"
          value={about}
          maxLength={ABOUT_MAX_LENGTH}
          autoComplete="off"
          onChange={(event) => setAbout(event.target.value)}
        />
        <p className="hint">Everybody where you are reads it, and your friends. Both may stay empty.</p>
        <button type="submit" className="button" aria-disabled={isSaved || busy !== undefined}>
          {busy === 'about' ? 'Saving…' : isSaved ? 'Saved' : 'Save'}
        </button>
      </form>
    </section>
  );
}
