import { useEffect } from 'react';
import type { Actions } from '../app/actions.ts';
import { keepsOrder } from '../store/own-role.ts';
import { store } from '../store/store.ts';
import { useActions } from './actions-context.ts';
import { closePanel, togglePanel } from './panels/panel-state.ts';
import { type Shortcut, shortcutFor } from './shortcuts.ts';
import { isTyping } from './typing.ts';
import { answerKnock, knockAhead, toggleLock } from './world/circle-doings.ts';
import { endFull, toggleFull } from './world/screen-doings.ts';

/** @returns false where there is nothing to do, and the key may mean something else */
function perform(shortcut: Shortcut, actions: Actions): boolean {
  const { devices, panel, sharing, status } = store.getState();
  switch (shortcut) {
    case 'close':
      if (endFull()) return true;
      if (panel === 'none') return false;
      closePanel();
      return true;
    case 'mic':
      actions.setMic(devices.mic !== 'on');
      return true;
    case 'cam':
      actions.setCam(devices.cam !== 'on');
      return true;
    case 'screen':
      if (sharing === 'unable') return false;
      actions.shareScreen(sharing === 'off');
      return true;
    case 'enlarge':
      return toggleFull();
    case 'deaf':
    case 'busy':
      actions.setStatus({ ...status, [shortcut]: !status[shortcut] });
      return true;
    case 'lock':
      return toggleLock(actions);
    case 'knock':
      return knockAhead(actions);
    case 'let-in':
    case 'turn-away':
      return answerKnock(actions, shortcut === 'let-in');
    case 'order':
      // For everybody else there is nothing behind it.
      if (!keepsOrder(store.getState())) return false;
      togglePanel(shortcut);
      return true;
    default:
      togglePanel(shortcut);
      return true;
  }
}

/** Listens to the keys of the panels while one is in the world. */
export function useShortcuts(): void {
  const actions = useActions();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, code, ctrlKey, metaKey, altKey, repeat, target } = event;
      const typing = isTyping(target);
      const shortcut = shortcutFor({ key, code, ctrlKey, metaKey, altKey, repeat, typing });
      if (shortcut === undefined) return;
      if (!perform(shortcut, actions)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);
}
