import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where what had the focus is taken away, the focus waits at what was around it instead of getting lost; a focus that is
 * elsewhere stays there.
 * @param frame must take a focus (`tabIndex={-1}`)
 */
export function useHeldFocus(frame: RefObject<HTMLElement | null>): void {
  const held = useRef(false);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const note = () => {
      held.current = true;
    };
    // A focus that goes elsewhere says where; one that is lost with its element does not.
    const forget = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element.contains(relatedTarget)) held.current = false;
    };
    const watch = new MutationObserver(() => {
      const { activeElement } = document;
      if (held.current && (activeElement === null || activeElement === document.body))
        element.focus({ preventScroll: true });
    });
    held.current = element.contains(document.activeElement);
    element.addEventListener('focusin', note);
    element.addEventListener('focusout', forget);
    watch.observe(element, { childList: true, subtree: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('focusin', note);
      element.removeEventListener('focusout', forget);
    };
  }, [frame]);
}
