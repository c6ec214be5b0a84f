import type { PersonId } from '@chatmux/schema';
import { createContext, type RefObject, useContext, useLayoutEffect, useRef } from 'react';

/** What had the focus in a row that has just been taken away. */
interface LeftFocus {
  readonly person: PersonId;
  readonly name: string;
  readonly panel: HTMLElement | null;
}

/** `PeoplePanel` provides it. */
export const LeftFocusContext = createContext<RefObject<LeftFocus | undefined> | undefined>(undefined);

const nameOf = (element: Element): string =>
  element.getAttribute('aria-label') ??
  (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent) ??
  '';

/**
 * A row that goes to another group is made anew there, and its buttons with it: the focus goes along to the one of the
 * same name.
 */
export function useKeptFocus(person: PersonId, row: RefObject<HTMLElement | null>): void {
  const left = useContext(LeftFocusContext);
  useLayoutEffect(() => {
    const element = row.current;
    if (!left || !element) return;
    if (left.current?.person === person) {
      const { name } = left.current;
      const same = [...element.querySelectorAll<HTMLElement>('button, input')].find(
        (candidate) => nameOf(candidate) === name,
      );
      same?.focus({ preventScroll: true });
      if (same) left.current = undefined;
    }
    return () => {
      const focused = document.activeElement;
      if (!focused || !element.contains(focused)) return;
      left.current = { person, name: nameOf(focused), panel: element.closest<HTMLElement>('.panel') };
    };
  }, [left, person, row]);
}

/** For the list above all rows: a focus that no row took waits at the panel, instead of getting lost. */
export function useLeftFocus(): RefObject<LeftFocus | undefined> {
  const left = useRef<LeftFocus>(undefined);
  // After each change of the list: effects of rows come before those of what is around them.
  useLayoutEffect(() => {
    left.current?.panel?.focus({ preventScroll: true });
    left.current = undefined;
  });
  return left;
}
