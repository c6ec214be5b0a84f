import { CameraCheck } from '../../parts/camera-check.tsx';
import { DeviceNotes } from '../../parts/device-notes.tsx';
import { MicrophoneCheck } from '../../parts/microphone-check.tsx';
import { PictureChoice } from '../../parts/picture-choice.tsx';
import { SpeakerTest } from '../../parts/speaker-test.tsx';

/** With what one is heard and seen, and hears. */
export function DeviceSettings() {
  return (
    <>
      <DeviceNotes />
      <section className="group" aria-label="Microphone">
        <MicrophoneCheck />
      </section>
      <section className="group" aria-label="Camera">
        <CameraCheck />
        <PictureChoice />
      </section>
      <section className="group" aria-label="Speaker">
        <SpeakerTest />
      </section>
    </>
  );
}
