import { type RefObject, useEffect } from 'react';
import { useActions } from './actions-context.ts';

/** Share of the old level that is left after a second of silence: quick to rise, slow to fall. */
const FALL_PER_SECOND = 0.002;

/**
 * Writes the level of our microphone, 0 to 1, into `--level` of an element before each frame while `active`. It never
 * goes through React: nothing is drawn again for it.
 */
export function useMicLevel(element: RefObject<HTMLElement | null>, active: boolean): void {
  const actions = useActions();
  useEffect(() => {
    const target = element.current;
    if (!active || !target) return;
    let shown = 0;
    let before = performance.now();
    let frame = requestAnimationFrame(function draw(now) {
      const seconds = Math.max(0, now - before) / 1000;
      before = now;
      shown = Math.max(Math.min(1, actions.micLevel()), shown * FALL_PER_SECOND ** seconds);
      target.style.setProperty('--level', shown.toFixed(3));
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      target.style.setProperty('--level', '0');
    };
  }, [actions, element, active]);
}
