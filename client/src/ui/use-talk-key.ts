import { useEffect } from 'react';
import { store } from '../store/store.ts';
import { useActions } from './actions-context.ts';
import { beginsTalk } from './talk-key.ts';
import { isTyping } from './typing.ts';

/** Push to talk by its key, while one is in the world. What is typed into a field is no talk. */
export function useTalkKey(): void {
  const actions = useActions();
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const press = ({ code, repeat, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      const key = { code, repeat, ctrlKey, metaKey, altKey, typing: isTyping(target) };
      if (beginsTalk(key, store.getState().devices)) actions.holdToTalk('key', true);
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
