import { hasDeafCanceller, type Media, soundStep } from '../media/index.ts';
import { store } from '../store/store.ts';
import type { AppState } from '../store/types.ts';
import { speakerName } from './speaker-name.ts';

const deafCanceller = hasDeafCanceller(navigator);

/**
 * Keeps the sound of a visit on the step of the ladder that suits, shows which one it is, and makes us hear nobody the
 * moment we want that.
 */
export class SoundKeeper {
  private readonly media: Pick<Media, 'setStep' | 'setSilent'>;
  private readonly stop: () => void;
  /** Going from one way to the other is heard, and with push-to-talk it would be all the time: once is enough. */
  private micWasOn = false;

  constructor(media: Pick<Media, 'setStep' | 'setSilent'>) {
    this.media = media;
    this.keep(store.getState());
    this.stop = store.subscribe((state, before) => {
      const { settings, devices, status, activeQuality } = state;
      if (
        settings !== before.settings ||
        devices !== before.devices ||
        status !== before.status ||
        activeQuality !== before.activeQuality
      )
        this.keep(state);
    });
  }

  close(): void {
    this.stop();
  }

  private keep({ settings, devices, status, activeQuality, sound }: AppState): void {
    this.micWasOn ||= devices.mic === 'on';
    const step = soundStep({
      choice: settings.sound,
      speaker: speakerName(devices),
      micOn: this.micWasOn,
      cancelsEcho: devices.profile === 'voice' && devices.cleaning.echo,
      deafCanceller,
      isWeak: activeQuality === 'low',
    });
    this.media.setSilent(status.deaf || status.busy);
    this.media.setStep(step);
    if (step.rung !== sound.rung || step.why !== sound.why)
      store.setState((state) => ({ sound: { ...state.sound, rung: step.rung, why: step.why } }));
  }
}
