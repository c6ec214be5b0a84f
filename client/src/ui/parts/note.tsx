import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A sentence about something that needs attention, with what can be done about it. */
export function Note({
  tone = 'warning',
  children,
}: {
  tone?: 'good' | 'warning' | 'danger';
  children: ReactNode;
}) {
  return (
    <div className="note" data-tone={tone}>
      <Icon name={tone === 'good' ? 'check' : 'alert'} size={16} />
      <div className="note-body">{children}</div>
    </div>
  );
}
