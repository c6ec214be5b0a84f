import type { ComponentProps } from 'react';
import type { AccountState } from '../../store/account.ts';
import { useApp } from '../../store/store.ts';

/**
 * A button for what is done with one's identity. One thing is done at a time: meanwhile all keep their place and the focus,
 * and do nothing.
 */
export function AccountButton({
  does,
  doing,
  disabled = false,
  onClick,
  children,
  ...rest
}: Omit<ComponentProps<'button'>, 'onClick'> & {
  /** What is under way after a press. */
  readonly does?: AccountState['busy'];
  /** What it says meanwhile. */
  readonly doing?: string;
  readonly 'data-kind'?: 'primary' | 'danger';
  onClick(): void;
}) {
  const busy = useApp((state) => state.account.busy);
  const idle = busy !== undefined || disabled;
  return (
    <button
      {...rest}
      type="button"
      className="button"
      aria-disabled={idle}
      onClick={() => {
        if (!idle) onClick();
      }}
    >
      {doing !== undefined && busy === does ? doing : children}
    </button>
  );
}
