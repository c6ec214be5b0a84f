import type { ReactNode, Ref } from 'react';
import { useApp } from '../../../store/store.ts';

interface Props {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly 'data-kind'?: 'primary' | 'danger';
  /** What it does to whom, for those who don't see the row it stands in. */
  readonly label?: string;
  readonly expanded?: boolean;
  onClick(): void;
  readonly children: ReactNode;
}

/** A button for what is done about friends. One thing is done at a time: meanwhile all keep their place and the focus. */
export function FriendButton({ ref, 'data-kind': kind, label, expanded, onClick, children }: Props) {
  const busy = useApp((state) => state.social.busy);
  return (
    <button
      ref={ref}
      type="button"
      className="button"
      data-kind={kind}
      aria-label={label}
      aria-expanded={expanded}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onClick();
      }}
    >
      {children}
    </button>
  );
}
