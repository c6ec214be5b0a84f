import type { KeyboardEvent } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { COARSE, useMedia } from '../use-media.ts';
import { keyName } from '../words/key-name.ts';

const PRESSES = new Set([' ', 'Enter']);

/** Push to talk, for fingers and pointers, and for the keyboard when it has the focus. Only there while it is needed. */
export function TalkButton() {
  const actions = useActions();
  const needed = useApp(({ devices }) => devices.talk === 'push' && devices.mic === 'on');
  const talking = useApp(({ devices }) => devices.talking);
  const talkKey = useApp(({ devices }) => devices.talkKey);
  const coarse = useMedia(COARSE);
  if (!needed) return null;
  const hold = (on: boolean) => actions.holdToTalk('button', on);
  const onKey = (on: boolean) => (event: KeyboardEvent) => {
    if (!PRESSES.has(event.key)) return;
    event.preventDefault();
    if (!event.repeat) hold(on);
  };
  return (
    <button
      type="button"
      className="talk-button"
      aria-pressed={talking}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
      }}
      onPointerUp={() => hold(false)}
      onPointerCancel={() => hold(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKey(true)}
      onKeyUp={onKey(false)}
      onBlur={() => hold(false)}
    >
      {talking ? 'You are heard' : 'Hold to talk'}
      {!coarse && <kbd className="key">{keyName(talkKey)}</kbd>}
    </button>
  );
}
