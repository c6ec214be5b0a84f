import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { stickVector } from './joystick-maths.ts';

/** Pixels the knob travels from the centre. */
const RADIUS = 44;

/** A stick for the left thumb. Taps beside it reach the world. */
export function Joystick() {
  const actions = useActions();
  const knob = useRef<HTMLDivElement>(null);
  const finger = useRef<number | undefined>(undefined);
  const [held, setHeld] = useState(false);

  const draw = (x: number, y: number) => {
    if (knob.current) knob.current.style.translate = `${x}px ${y}px`;
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerId !== finger.current) return;
    const box = event.currentTarget.getBoundingClientRect();
    const stick = stickVector(
      event.clientX - box.left - box.width / 2,
      event.clientY - box.top - box.height / 2,
      RADIUS,
    );
    actions.setJoystick(stick.x, stick.y);
    draw(stick.knobX, stick.knobY);
  };
  const take = (event: PointerEvent<HTMLDivElement>) => {
    if (finger.current !== undefined) return;
    finger.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld(true);
    move(event);
  };
  const letGo = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerId !== finger.current) return;
    finger.current = undefined;
    setHeld(false);
    actions.setJoystick(0, 0);
    draw(0, 0);
  };

  // A stick that goes away under the thumb must not leave the avatar walking.
  useEffect(() => () => actions.setJoystick(0, 0), [actions]);

  return (
    <div
      className="joystick"
      data-held={held}
      aria-hidden="true"
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onLostPointerCapture={letGo}
    >
      <div className="joystick-knob" ref={knob}>
        <Icon name="moved" size={24} />
      </div>
    </div>
  );
}
