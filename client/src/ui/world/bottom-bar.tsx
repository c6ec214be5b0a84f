import { type RefObject, useRef } from 'react';
import type { DeviceState } from '../../store/devices.ts';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { togglePanel } from '../panels/panel-state.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { PHONE, useMedia } from '../use-media.ts';
import { useMicLevel } from '../use-mic-level.ts';
import { deviceSentence, deviceWord, isTrouble } from '../words/device-sentence.ts';
import { countPeople } from './people-groups.ts';
import { StatusMenu } from './status-menu.tsx';

/** What one does most: voice, picture, people; and the way out. */
export function BottomBar() {
  const actions = useActions();
  const mic = useApp((state) => state.devices.mic);
  const cam = useApp((state) => state.devices.cam);
  const sharing = useApp((state) => state.sharing);
  const panel = useApp((state) => state.panel);
  // There it would be one too many: the list of people has the way.
  const phone = useMedia(PHONE);
  const count = useApp((state) => countPeople(Object.values(state.people)));
  const asking = useApp((state) => state.social.incoming.length);
  const micButton = useRef<HTMLButtonElement>(null);
  const sends = useApp(({ devices }) => devices.mic === 'on' && (devices.talk === 'open' || devices.talking));
  useMicLevel(micButton, sends);
  return (
    <fieldset className="bar" aria-label="Your controls">
      <DeviceButton
        button={micButton}
        label="Microphone"
        name={mic === 'on' ? 'Turn microphone off' : 'Turn microphone on'}
        keys={SHORTCUT_KEYS.mic}
        icon={mic === 'on' ? 'mic' : 'mic-off'}
        state={mic}
        sentence={deviceSentence('mic', mic, 'inside')}
        press={() => actions.setMic(mic !== 'on')}
      />
      <DeviceButton
        label="Camera"
        name={cam === 'on' ? 'Turn camera off' : 'Turn camera on'}
        keys={SHORTCUT_KEYS.cam}
        icon={cam === 'on' ? 'cam' : 'cam-off'}
        state={cam}
        sentence={deviceSentence('cam', cam, 'inside')}
        press={() => actions.setCam(cam !== 'on')}
      />
      {sharing !== 'unable' && (
        <DeviceButton
          label="Screen"
          name={sharing === 'on' ? 'Stop sharing your screen' : 'Share your screen'}
          keys={SHORTCUT_KEYS.screen}
          icon="screen"
          state={sharing === 'asking' ? 'starting' : sharing}
          sentence=""
          press={() => actions.shareScreen(sharing !== 'on')}
        />
      )}
      <StatusMenu />
      <span className="bar-rule" aria-hidden="true" />
      <BarButton
        label="People"
        keys={SHORTCUT_KEYS.people}
        icon="people"
        count={count}
        pressed={panel === 'people'}
        press={() => togglePanel('people')}
      />
      {!phone && (
        <BarButton
          label="Friends"
          keys={SHORTCUT_KEYS.friends}
          icon="friends"
          {...(asking > 0 && { count: asking, counts: 'who ask to be friends' })}
          pressed={panel === 'friends'}
          press={() => togglePanel('friends')}
        />
      )}
      <BarButton
        label="Settings"
        keys={SHORTCUT_KEYS.settings}
        icon="settings"
        pressed={panel === 'settings'}
        press={() => togglePanel('settings')}
      />
      <BarButton
        label="Help"
        keys={SHORTCUT_KEYS.help}
        icon="help"
        pressed={panel === 'help'}
        press={() => togglePanel('help')}
      />
      <span className="bar-rule" aria-hidden="true" />
      <button type="button" className="bar-button" data-kind="leave" onClick={() => actions.leave()}>
        <span className="bar-icon">
          <Icon name="leave" />
        </span>
        <span className="bar-label">Leave</span>
        <Tip text="Back to the door" />
      </button>
    </fieldset>
  );
}

function Tip({ text, keys }: { text: string; keys?: string }) {
  return (
    <span className="tip" aria-hidden="true">
      {text}
      {keys !== undefined && <kbd className="key">{keys}</kbd>}
    </span>
  );
}

interface DeviceButtonProps {
  button?: RefObject<HTMLButtonElement | null>;
  label: string;
  name: string;
  keys: string;
  icon: IconName;
  state: DeviceState;
  sentence: string;
  press: () => void;
}

function DeviceButton({ button, label, name, keys, icon, state, sentence, press }: DeviceButtonProps) {
  const trouble = isTrouble(state);
  return (
    <button
      ref={button}
      type="button"
      className="bar-button"
      data-state={state}
      aria-pressed={state === 'on'}
      aria-label={name}
      aria-description={sentence === '' ? undefined : sentence}
      aria-keyshortcuts={keys}
      onClick={press}
    >
      <span className="bar-icon">
        <Icon name={icon} />
        {trouble && <span className="badge-alert" />}
      </span>
      <span className="bar-label">{label}</span>
      <Tip text={trouble ? `${label}: ${deviceWord(state)}` : name} keys={keys} />
    </button>
  );
}

interface BarButtonProps {
  label: string;
  keys: string;
  icon: IconName;
  count?: number;
  /** What is counted. */
  counts?: string;
  pressed: boolean;
  press: () => void;
}

function BarButton({ label, keys, icon, count, counts = 'here', pressed, press }: BarButtonProps) {
  return (
    <button
      type="button"
      className="bar-button"
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      onClick={press}
    >
      <span className="bar-icon">
        <Icon name={icon} />
      </span>
      <span className="bar-label">{label}</span>
      {count !== undefined && (
        <span className="bar-count">
          {count}
          <span className="only-heard"> {counts}</span>
        </span>
      )}
      <Tip text={label} keys={keys} />
    </button>
  );
}
