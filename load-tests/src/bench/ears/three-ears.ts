import { AudioListener, Object3D, PositionalAudio, Scene, AudioContext as ThreeContext } from 'three';
import type { EarArm } from './our-ears.ts';

/** three's PositionalAudio, as its manual has it: a listener, and at each walker a source of sound. */
export async function startThree(tracks: readonly MediaStreamTrack[]): Promise<EarArm> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  ThreeContext.setContext(context);
  await context.resume();
  const scene = new Scene();
  const head = new Object3D();
  const listener = new AudioListener();
  head.add(listener);
  scene.add(head);
  const ends: (() => void)[] = [];
  const bodies = tracks.map((track) => {
    const stream = new MediaStream([track]);
    // Chromium gives a remote track to Web Audio only while an element plays it: this arm needs them as ours does.
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    element.play().catch((error: unknown) => console.debug('the arm is over', error));
    const sound = new PositionalAudio(listener);
    sound.setRefDistance(3);
    sound.setMediaStreamSource(stream);
    const body = new Object3D();
    body.add(sound);
    scene.add(body);
    ends.push(() => {
      sound.disconnect();
      element.pause();
      element.srcObject = null;
    });
    return body;
  });
  return {
    move({ listener: { x, z, yaw }, voices }) {
      head.position.set(x, 0, z);
      head.rotation.y = yaw;
      for (const [i, body] of bodies.entries()) {
        const at = voices[i];
        if (at) body.position.set(at.x, 0, at.z);
      }
      // A renderer does this with every frame.
      scene.updateMatrixWorld();
    },
    seconds: () => context.currentTime,
    stop() {
      for (const end of ends) end();
      void context.close();
    },
  };
}
