import type { PersonId } from '@chatmux/schema';
import { createContext, type RefObject, useContext, useMemo, useRef, useState } from 'react';

/** The one menu of the list that is open. It is the list's, and not the row's: rows go from group to group as people walk. */
export interface OpenMenu {
  readonly person: PersonId;
  /** It asks before it does something: whether to block them, how long to ban them. */
  readonly asks: 'block' | 'ban' | undefined;
}

interface MenuState {
  readonly menu: OpenMenu | undefined;
  setMenu(menu: OpenMenu | undefined): void;
  /** Somebody opened it just now: only then it takes the focus, and not when its row has gone to another group. */
  readonly takesFocus: RefObject<boolean>;
}

/** `PeoplePanel` provides it. */
export const OpenMenuContext = createContext<MenuState | undefined>(undefined);

/** @throws Error when used outside of PeoplePanel */
export function useOpenMenu(): MenuState {
  const state = useContext(OpenMenuContext);
  if (!state) throw new Error('useOpenMenu needs a PeoplePanel above it.');
  return state;
}

/** @param isThere whether somebody is still in the list */
export function useMenuState(isThere: (person: PersonId) => boolean): MenuState {
  const [asked, setAsked] = useState<OpenMenu>();
  const takesFocus = useRef(false);
  const menu = asked && isThere(asked.person) ? asked : undefined;
  return useMemo(() => {
    const setMenu = (next: OpenMenu | undefined) => {
      takesFocus.current = next !== undefined;
      setAsked(next);
    };
    return { menu, setMenu, takesFocus };
  }, [menu]);
}
