import { AccountContent } from '../../account/account-content.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Panel } from '../panel.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { HearingSettings } from './hearing-settings.tsx';
import { VoiceSettings } from './voice-settings.tsx';
import { WorldSettings } from './world-settings.tsx';

const tabs = [
  { name: 'Devices', content: <DeviceSettings /> },
  { name: 'Voice', content: <VoiceSettings /> },
  { name: 'Hearing', content: <HearingSettings /> },
  { name: 'World', content: <WorldSettings /> },
  { name: 'You', content: <AccountContent /> },
];

export function SettingsPanel() {
  return (
    <Panel title="Settings" takesFocus>
      <Tabs label="Settings" tabs={tabs} />
    </Panel>
  );
}
