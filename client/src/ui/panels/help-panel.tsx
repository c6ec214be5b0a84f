import type { ReactNode } from 'react';
import { useApp } from '../../store/store.ts';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { COARSE, useMedia } from '../use-media.ts';
import { keyName } from '../words/key-name.ts';
import { Panel } from './panel.tsx';

const keys: [ReactNode, string][] = [
  [<Keys key="walk" all={['W', 'A', 'S', 'D']} />, 'Walk. The arrow keys do the same.'],
  [<Keys key="run" all={['Shift']} />, 'Hold it to run.'],
  [<Keys key="turn" all={['Q', 'E']} />, 'Look left or right.'],
  [<Keys key="mic" all={[SHORTCUT_KEYS.mic]} />, 'Microphone on or off'],
  [<Keys key="cam" all={[SHORTCUT_KEYS.cam]} />, 'Camera on or off'],
  [<Keys key="screen" all={[SHORTCUT_KEYS.screen]} />, 'Share your screen, or stop'],
  [<Keys key="enlarge" all={[SHORTCUT_KEYS.enlarge]} />, 'A shared screen large, or small again'],
  [<Keys key="lock" all={[SHORTCUT_KEYS.lock]} />, 'Lock or unlock your circle'],
  [<Keys key="knock" all={[SHORTCUT_KEYS.knock]} />, 'Knock at a locked circle'],
  [
    <Keys key="answer" all={[SHORTCUT_KEYS['let-in'], SHORTCUT_KEYS['turn-away']]} />,
    'Let in who knocks, or not now',
  ],
  [<Keys key="deaf" all={[SHORTCUT_KEYS.deaf]} />, 'Hear nobody, or hear people again'],
  [<Keys key="busy" all={[SHORTCUT_KEYS.busy]} />, 'Do not disturb, on or off'],
  [<Keys key="people" all={[SHORTCUT_KEYS.people]} />, 'Who is here'],
  [<Keys key="friends" all={[SHORTCUT_KEYS.friends]} />, 'Your friends'],
  [<Keys key="order" all={[SHORTCUT_KEYS.order]} />, 'Keep order here, for moderators'],
  [<Keys key="settings" all={[SHORTCUT_KEYS.settings]} />, 'Settings'],
  [<Keys key="help" all={[SHORTCUT_KEYS.help, '?']} />, 'This help'],
  [<Keys key="close" all={[SHORTCUT_KEYS.close]} />, 'Close a panel'],
  [<Keys key="developer" all={[SHORTCUT_KEYS.developer]} />, 'Facts for developers'],
];

function Keys({ all }: { all: string[] }) {
  return all.map((key) => (
    <kbd className="key" key={key}>
      {key}
    </kbd>
  ));
}

export function HelpPanel() {
  const talkKey = useApp(({ devices }) => (devices.talk === 'push' ? devices.talkKey : undefined));
  const coarse = useMedia(COARSE);
  return (
    <Panel title="How it works" takesFocus>
      <section className="group" aria-label="Walking">
        <h3>Walking</h3>
        {coarse ? (
          <p>
            Push the round stick with your left thumb, or tap where you want to go. Drag anywhere else to look
            around.
          </p>
        ) : (
          <p>
            Use the keys below, or click where you want to go. Drag to look around, turn the wheel to come
            closer or step back.
          </p>
        )}
      </section>
      <section className="group" aria-label="Talking">
        <h3>Talking</h3>
        <p>
          Walk up to people: the closer you are, the better you hear and see each other. Voices fade with
          distance and are gone from 16 metres on. The line above the buttons says whom you are talking to.
        </p>
        <p>
          Who stands together is in a circle, drawn on the ground. A dashed ring is open: walk up and you are
          in it. A ring like a fence is locked: stand before it and knock.
        </p>
        <p>
          Some places have rules of their own: in a room everyone inside hears each other, a stage is heard in
          its whole hall, and in a quiet corner voices carry a few steps only.
        </p>
      </section>
      {!coarse && (
        <section className="group" aria-label="Keys">
          <h3>Keys</h3>
          <dl className="keys">
            {talkKey !== undefined && (
              <div>
                <dt>
                  <Keys all={[keyName(talkKey)]} />
                </dt>
                <dd>Hold it to talk.</dd>
              </div>
            )}
            {keys.map(([cap, meaning]) => (
              <div key={meaning}>
                <dt>{cap}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Panel>
  );
}
