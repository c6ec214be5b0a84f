import type { ReactNode } from 'react';
import { useApp } from '../../../store/store.ts';

interface Props {
  readonly 'data-kind'?: 'primary' | 'danger';
  /** What it does to whom, for those who don't see the row it stands in. */
  readonly label?: string;
  onClick(): void;
  readonly children: ReactNode;
}

/** One thing is done at a time: meanwhile all buttons keep their place and the focus. */
export function OrderButton({ 'data-kind': kind, label, onClick, children }: Props) {
  const busy = useApp((state) => state.order.busy);
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-label={label}
      aria-disabled={busy}
      onClick={() => !busy && onClick()}
    >
      {children}
    </button>
  );
}
