import type { StatusMessage } from '@chatmux/schema';
import { useEffect, useId, useRef, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { Switch } from '../parts/switch.tsx';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { STATUS_SWITCHES, statusWords } from '../words/status-words.ts';

/** How much of others we want: two switches behind one button, whose icon shows what is on. */
export function StatusMenu() {
  const [open, setOpen] = useState(false);
  const status = useApp((state) => state.status);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const words = statusWords(status);

  useEffect(() => {
    if (!open) return;
    frame.current?.querySelector<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
    const outside = (event: Event) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false);
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Or it would close a panel, too.
      event.preventDefault();
      setOpen(false);
      if (frame.current?.contains(document.activeElement)) button.current?.focus();
    };
    document.addEventListener('keydown', pressed, true);
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('keydown', pressed, true);
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  return (
    <div className="status" ref={frame}>
      <button
        ref={button}
        type="button"
        className="bar-button"
        data-quiet={words !== undefined}
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-controls={open ? id : undefined}
        aria-description={words?.own}
        onClick={() => setOpen(!open)}
      >
        <span className="bar-icon">
          <Icon name={words?.icon ?? 'ear'} />
        </span>
        <span className="bar-label">Status</span>
        {!open && (
          <span className="tip" aria-hidden="true">
            {words?.own ?? 'Hear nobody, or do not disturb'}
          </span>
        )}
      </button>
      {open && (
        <div
          className="status-menu"
          id={id}
          role="dialog"
          aria-modal="false"
          aria-label="Status"
          tabIndex={-1}
        >
          <StatusSwitch which="deaf" status={status} />
          <StatusSwitch which="busy" status={status} />
        </div>
      )}
    </div>
  );
}

function StatusSwitch({ which, status }: { which: keyof StatusMessage; status: StatusMessage }) {
  const actions = useActions();
  const { label, hint } = STATUS_SWITCHES[which];
  return (
    <div className="status-row">
      <Switch
        label={label}
        hint={hint}
        on={status[which]}
        change={(on) => actions.setStatus({ ...status, [which]: on })}
      />
      <span className="key" aria-hidden="true">
        {SHORTCUT_KEYS[which]}
      </span>
    </div>
  );
}
