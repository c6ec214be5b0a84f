import { useEffect, useRef, useState } from 'react';
import { dismissToast, useApp } from '../store/store.ts';
import type { Toast } from '../store/types.ts';
import { Icon } from './parts/icon.tsx';
import { toastTimeMs } from './words/toast-time.ts';

/** Sentences that stay a while. They are read out politely and never take the focus. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const left = useRef(toastTimeMs(toast));
  useEffect(() => {
    if (held) return;
    const from = performance.now();
    const timer = setTimeout(() => dismissToast(toast.id), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1000, left.current - (performance.now() - from));
    };
  }, [held, toast.id]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: a resting pointer only gives more time to read
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div
      className="toast"
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone !== 'info' && <Icon name={toast.tone === 'good' ? 'check' : 'alert'} size={16} />}
      <p>{toast.text}</p>
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => dismissToast(toast.id)}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
