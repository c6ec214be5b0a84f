import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from '../parts/icon.tsx';
import { closePanel } from './panel-state.ts';

interface Props {
  title: string;
  /** Takes the focus when it opens. Left out for a panel that opens by itself. */
  takesFocus: boolean;
  children: ReactNode;
}

/**
 * A panel beside the world, or a sheet from below on a phone. It is a dialog that holds nobody: the world stays live
 * behind it, and one can walk on.
 */
export function Panel({ title, takesFocus, children }: Props) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <section
      className="panel"
      ref={panel}
      role="dialog"
      aria-modal="false"
      aria-labelledby={id}
      tabIndex={-1}
    >
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => closePanel()}
        >
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="panel-body" tabIndex={0} aria-labelledby={id}>
        {children}
      </section>
    </section>
  );
}
