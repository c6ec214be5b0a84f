import { type MouseEvent, type ReactNode, Suspense, useEffect } from 'react';
import { useApp } from '../../store/store.ts';
import { Backdrop } from '../lobby/backdrop.tsx';
import { DeveloperPanel } from '../panels/developer-panel.tsx';
import { FriendsPanel } from '../panels/friends/friends-panel.tsx';
import { HelpPanel } from '../panels/help-panel.tsx';
import { OrderPanel } from '../panels/order/order-panel.tsx';
import { resetPanel } from '../panels/panel-state.ts';
import { SettingsPanel } from '../panels/settings/settings-panel.tsx';
import { COARSE, PHONE, useMedia } from '../use-media.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useTalkKey } from '../use-talk-key.ts';
import { BottomBar } from './bottom-bar.tsx';
import { Caption } from './caption.tsx';
import { CircleChip } from './circle-chip.tsx';
import { Joystick } from './joystick.tsx';
import { Knocks } from './knocks.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { ScreenTiles } from './screen-tiles.tsx';
import { StatusPill } from './status-pill.tsx';
import { TalkButton } from './talk-button.tsx';
import { TravelVeil } from './travel-veil.tsx';
import { VideoTiles } from './video-tiles.tsx';
import { WorldBoundary } from './world-boundary.tsx';
import { ZoneNote } from './zone-note.tsx';

/** Room for the list beside the world without crowding the faces. */
const ROOMY = '(min-width: 1080px) and (min-height: 481px)';

/** After a click the focus goes back to the world, so that arrows and space walk instead of pressing the button again. */
function handBackFocus(event: MouseEvent) {
  const clicked = event.target instanceof Element ? event.target.closest('button, input, label') : null;
  const active = document.activeElement;
  if (event.detail === 0 || !clicked || !(active instanceof HTMLElement)) return;
  const keeps = active.matches('input:not([type="radio"], [type="checkbox"])');
  if (!keeps && active.matches('button, input')) active.blur();
}

/** The world edge to edge, with the panels that float over it. */
export function WorldView({ world }: { world: ReactNode }) {
  const panel = useApp((state) => state.panel);
  const calm = useApp((state) => state.activeQuality === 'low');
  const coarse = useMedia(COARSE);
  const phone = useMedia(PHONE);
  useShortcuts();
  useTalkKey();

  useEffect(() => {
    resetPanel(matchMedia(ROOMY).matches ? 'people' : 'none');
    return () => resetPanel('none');
  }, []);

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: watches where clicks inside it end, offers none itself
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key press keeps its focus
    <main className="world" data-calm={calm} data-panel={panel} onClick={handBackFocus}>
      <WorldBoundary>
        <Suspense fallback={<Loading />}>
          {world ? <div className="world-scene">{world}</div> : <Loading />}
        </Suspense>
      </WorldBoundary>
      <TravelVeil />
      <div className="world-top">
        <StatusPill />
        <VideoTiles />
        <ScreenTiles />
        {phone && <Knocks />}
      </div>
      {panel === 'people' && <PeoplePanel />}
      {panel === 'friends' && <FriendsPanel />}
      {panel === 'order' && <OrderPanel />}
      {panel === 'settings' && <SettingsPanel />}
      {panel === 'help' && <HelpPanel />}
      {panel === 'developer' && <DeveloperPanel />}
      {coarse && <Joystick />}
      <div className="world-bottom">
        {!phone && <Knocks />}
        <ZoneNote />
        <Caption />
        <CircleChip />
        <TalkButton />
        <BottomBar />
      </div>
    </main>
  );
}

function Loading() {
  return (
    <div className="world-curtain">
      <Backdrop />
      <p className="world-message" role="status">
        Setting out the town…
      </p>
    </div>
  );
}
