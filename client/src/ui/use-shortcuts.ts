import { useEffect } from 'react';
import { store } from '../store/store.ts';
import { useActions } from './actions-context.ts';
import { closePanel, togglePanel } from './panels/panel-state.ts';
import { shortcutFor } from './shortcuts.ts';

const FIELDS =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]';

/** Listens to the keys of the panels while one is in the world. */
export function useShortcuts(): void {
  const actions = useActions();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, code, ctrlKey, metaKey, altKey, repeat, target } = event;
      const typing = target instanceof Element && target.closest(FIELDS) !== null;
      const shortcut = shortcutFor({ key, code, ctrlKey, metaKey, altKey, repeat, typing });
      if (shortcut === undefined) return;
      const { devices, panel } = store.getState();
      if (shortcut === 'close') {
        if (panel === 'none') return;
        closePanel();
      } else if (shortcut === 'mic') actions.setMic(devices.mic !== 'on');
      else if (shortcut === 'cam') actions.setCam(devices.cam !== 'on');
      else togglePanel(shortcut);
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);
}
