import { useEffect } from 'react';
import { store } from '../store/store.ts';
import { useActions } from './actions-context.ts';

const FIELDS =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]';

/** Push to talk by its key, while one is in the world. What is typed into a field is no talk. */
export function useTalkKey(): void {
  const actions = useActions();
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const press = ({ code, repeat, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      const { talk, talkKey, mic } = store.getState().devices;
      if (talk !== 'push' || mic !== 'on' || code !== talkKey) return;
      if (repeat || ctrlKey || metaKey || altKey) return;
      if (target instanceof Element && target.closest(FIELDS)) return;
      actions.holdToTalk('key', true);
    };
    const release = ({ code }: KeyboardEvent) => {
      if (code === store.getState().devices.talkKey) actions.holdToTalk('key', false);
    };
    window.addEventListener('keydown', press, { signal });
    window.addEventListener('keyup', release, { signal });
    return () => {
      stop.abort();
      actions.holdToTalk('key', false);
    };
  }, [actions]);
}
