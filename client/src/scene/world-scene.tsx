import type { WorldMap } from '@chatmux/schema';
import { advance, Canvas, type RootState, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { NeutralToneMapping, PCFShadowMap, type PerspectiveCamera } from 'three';
import type { SimView } from '../sim/types.ts';
import { store, useApp } from '../store/store.ts';
import { makeBlockers } from './camera-ray.ts';
import { CameraRig } from './camera-rig.ts';
import type { FrameHook } from './frame-hook.ts';
import { Crowd } from './people/crowd.ts';
import { listenToPointer } from './pointer.ts';
import { QUALITY } from './quality.ts';
import { useReducedMotion } from './reduced-motion.ts';
import { StageSet } from './stage-set.ts';
import { canDrawWebGl } from './webgl-check.ts';
import './scene.css';

interface Props {
  map: WorldMap;
  sim: SimView;
  frame: FrameHook;
}

/** The three-dimensional world. Drawn only when `frame` says so. */
export default function WorldScene(props: Props) {
  const [supported] = useState(canDrawWebGl);
  const [lost, setLost] = useState(false);
  const quality = useApp((state) => QUALITY[state.activeQuality]);
  // Smoothing edges is decided when the canvas is made: it can't change without losing everything that was uploaded.
  const [antialias] = useState(quality.detail > 0);
  const created = useCallback(({ gl }: RootState) => {
    gl.toneMapping = NeutralToneMapping;
    gl.toneMappingExposure = 1;
    gl.shadowMap.type = PCFShadowMap;
  }, []);
  if (!supported)
    return (
      <Notice text="This browser can't draw 3D (WebGL 2 is off or missing). You can still talk, and see who is near in the list." />
    );
  return (
    <div className="world-canvas" data-scene={lost ? 'lost' : 'on'}>
      <Canvas
        frameloop="never"
        dpr={[...quality.pixelRatio]}
        shadows
        gl={{ antialias, powerPreference: 'high-performance', stencil: false, alpha: false }}
        camera={{ fov: 48, near: 0.25, far: quality.far }}
        onCreated={created}
        fallback={null}
        role="group"
        aria-label="The world. Move with the arrow keys or W, A, S and D."
        tabIndex={-1}
      >
        <World {...props} onLost={setLost} />
      </Canvas>
      {lost && (
        <Notice text="The graphics card took a break. The picture comes back by itself; you can go on talking." />
      )}
    </div>
  );
}

function Notice({ text }: { text: string }) {
  return (
    <div className="world-notice" role="status">
      <p>{text}</p>
    </div>
  );
}

function World({ map, sim, frame, onLost }: Props & { onLost: (lost: boolean) => void }) {
  const gl = useThree((state) => state.gl);
  const scene = useThree((state) => state.scene);
  const get = useThree((state) => state.get);
  const quality = useApp((state) => QUALITY[state.activeQuality]);
  const still = useReducedMotion();
  const stillNow = useRef(still);
  stillNow.current = still;
  const blockers = useMemo(() => makeBlockers(map), [map]);

  useEffect(() => {
    const canvas = gl.domElement;
    const lost = (event: Event) => {
      // Without this the browser never gives the context back.
      event.preventDefault();
      onLost(true);
    };
    const restored = () => onLost(false);
    canvas.addEventListener('webglcontextlost', lost);
    canvas.addEventListener('webglcontextrestored', restored);
    return () => {
      canvas.removeEventListener('webglcontextlost', lost);
      canvas.removeEventListener('webglcontextrestored', restored);
    };
  }, [gl, onLost]);

  useEffect(
    () => listenToPointer(gl.domElement, sim, () => get().camera as PerspectiveCamera, blockers),
    [gl, sim, blockers, get],
  );

  useEffect(() => {
    const stage = new StageSet(map, quality);
    stage.enter(scene);
    gl.shadowMap.enabled = quality.shadowMap > 0;
    gl.shadowMap.needsUpdate = true;
    const crowd = new Crowd();
    crowd.castShadow = quality.livingShadows;
    scene.add(crowd.group);
    gl.domElement.parentElement?.append(crowd.tags.layer);
    const showVideos = () => {
      const { videos, me } = store.getState();
      crowd.cards.show(videos, me);
    };
    const showScreens = () => {
      const { screens, people } = store.getState();
      crowd.screens.show(screens, people);
    };
    showVideos();
    showScreens();
    const stopWatching = store.subscribe((state, before) => {
      if (state.screens !== before.screens || state.people !== before.people) showScreens();
      if (state.videos !== before.videos || state.me !== before.me) showVideos();
    });

    const rig = new CameraRig();
    const camera = get().camera as PerspectiveCamera;
    camera.far = quality.far;
    camera.updateProjectionMatrix();
    const input = {
      sim,
      state: store.getState(),
      camera,
      blockers,
      width: 1,
      height: 1,
      lines: 1,
      nowMs: 0,
      seconds: 0,
      still: false,
      blots: !quality.livingShadows,
      far: quality.far,
    };
    const stopDrawing = frame.onRender((nowMs, seconds) => {
      const { size } = get();
      if (size.width === 0 || size.height === 0) return;
      const step = Math.min(0.1, seconds);
      rig.place(camera, sim, blockers, size.width / size.height, step);
      input.state = store.getState();
      input.width = size.width;
      input.height = size.height;
      input.lines = gl.domElement.height;
      input.nowMs = nowMs;
      input.seconds = step;
      input.still = stillNow.current;
      stage.frame(sim.me.x, sim.me.z, step, stillNow.current);
      crowd.draw(input);
      const { dataset } = gl.domElement;
      const playing = String(crowd.screens.playing);
      // For tests: what is drawn can’t be asked from outside.
      if (dataset.screens !== playing) dataset.screens = playing;
      advance(nowMs / 1000);
    });
    return () => {
      stopDrawing();
      stopWatching();
      scene.remove(crowd.group);
      crowd.dispose();
      stage.leave(scene);
      stage.dispose();
    };
  }, [map, quality, scene, gl, get, sim, frame, blockers]);

  return null;
}
