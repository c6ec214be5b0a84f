import type { Metres, PersonId } from '@chatmux/schema';
import { type PerspectiveCamera, Vector3 } from 'three';
import { personColour } from '../../store/person-colours.ts';
import type { PersonView } from '../../store/types.ts';

/** Names fade out between these distances, in metres. */
const FADE_FROM: Metres = 22;
const FADE_TO: Metres = 27;
/** Where a name floats: just over the ears. */
const TAG_METRES = 1.78;
/** Opacity of a name whose person is behind a wall. */
const HIDDEN_OPACITY = 0.3;

/** What a tag can say beside the name, on an 18-unit square; scene.css shows the one that holds. */
const MARKS = {
  muted:
    'M9 2a3 3 0 0 0-3 3v3a3 3 0 0 0 4.6 2.5M12 7.5V5a3 3 0 0 0-4-2.8M4 8a5 5 0 0 0 7.6 4.2M9 13v3M2.5 2.5l13 13',
  deaf: 'M6 4.4A4.4 4.4 0 0 1 13.4 7.6c0 1.2-.5 2-1.1 2.7M5 7.6v-.2M10.6 12.4c-.2 2-1 3.4-2.6 3.4a2.4 2.4 0 0 1-2-1.1M2.5 2.5l13 13',
  busy: 'M9 2.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 1 0 0-13.6M6 9h6',
} as const;
const SVG = 'http://www.w3.org/2000/svg';

interface Tag {
  readonly element: HTMLDivElement;
  readonly dot: HTMLSpanElement;
  readonly name: HTMLSpanElement;
  /** Whose it is; 0 for nobody. */
  person: PersonId;
  view: PersonView | undefined;
  speaking: boolean;
  shown: boolean;
  x: number;
  y: number;
  scale: number;
  opacity: number;
  order: number;
  frame: number;
}

const point = new Vector3();

/**
 * Names above heads as plain elements: as crisp as the page's other text, and drawn anew only when they change. The list
 * of people is what screen readers read, so these are hidden from them.
 */
export class NameTags {
  readonly layer: HTMLDivElement;
  private readonly tags = new Map<PersonId, Tag>();
  private readonly spare: Tag[] = [];
  private frame = 0;

  constructor() {
    this.layer = document.createElement('div');
    this.layer.className = 'world-tags';
    this.layer.setAttribute('aria-hidden', 'true');
  }

  begin(): void {
    this.frame++;
  }

  /** Puts a name above a person for this frame. */
  place(
    person: PersonView,
    x: Metres,
    z: Metres,
    speaking: boolean,
    hidden: boolean,
    camera: PerspectiveCamera,
    width: number,
    height: number,
  ): void {
    point.set(x, TAG_METRES, z).applyMatrix4(camera.matrixWorldInverse);
    const away = -point.z;
    if (away < 0.5 || away > FADE_TO) return;
    point.applyMatrix4(camera.projectionMatrix);
    if (Math.abs(point.x) > 1.2 || Math.abs(point.y) > 1.2) return;
    const tag = this.tagOf(person.id);
    tag.frame = this.frame;
    this.write(tag, person, speaking);
    const fade = Math.min(1, (FADE_TO - away) / (FADE_TO - FADE_FROM));
    const scale = Math.max(0.78, Math.min(1.12, 1.2 - away * 0.022));
    const left = Math.round(((point.x + 1) / 2) * width);
    const top = Math.round(((1 - point.y) / 2) * height);
    if (left !== tag.x || top !== tag.y || Math.abs(scale - tag.scale) > 0.012) {
      tag.x = left;
      tag.y = top;
      tag.scale = scale;
      tag.element.style.transform = `translate(${left}px, ${top}px) translate(-50%, -100%) scale(${scale.toFixed(2)})`;
    }
    const opacity = Math.round(fade * (hidden && !speaking ? HIDDEN_OPACITY : 1) * 20) / 20;
    if (opacity !== tag.opacity) {
      tag.opacity = opacity;
      tag.element.style.opacity = String(opacity);
    }
    const order = 1000 - Math.round(away * 10);
    if (order !== tag.order) {
      tag.order = order;
      tag.element.style.zIndex = String(order);
    }
    if (!tag.shown) {
      tag.shown = true;
      tag.element.style.visibility = 'visible';
    }
  }

  end(): void {
    for (const tag of this.tags.values()) {
      if (tag.frame === this.frame) continue;
      if (tag.shown) {
        tag.shown = false;
        tag.element.style.visibility = 'hidden';
      }
      // Kept for a while for people who only walked out of the picture.
      if (this.frame - tag.frame > 600) {
        this.tags.delete(tag.person);
        this.spare.push(tag);
      }
    }
  }

  dispose(): void {
    this.layer.remove();
  }

  private tagOf(person: PersonId): Tag {
    const found = this.tags.get(person);
    if (found) return found;
    const tag = this.spare.pop() ?? this.make();
    tag.person = person;
    tag.view = undefined;
    this.tags.set(person, tag);
    return tag;
  }

  private write(tag: Tag, person: PersonView, speaking: boolean): void {
    if (tag.view !== person) {
      tag.view = person;
      tag.name.textContent = person.name;
      tag.dot.style.background = personColour(person.colour).hex;
      const { busy, deaf, mic } = person;
      tag.element.dataset.mark = busy ? 'busy' : deaf ? 'deaf' : mic ? '' : 'muted';
      tag.element.toggleAttribute('data-away', !person.here);
      tag.element.dataset.person = String(person.id);
    }
    if (tag.speaking !== speaking) {
      tag.speaking = speaking;
      tag.element.toggleAttribute('data-speaking', speaking);
    }
  }

  private make(): Tag {
    const element = document.createElement('div');
    element.className = 'world-tag';
    const dot = document.createElement('span');
    dot.className = 'world-tag-dot';
    const name = document.createElement('span');
    name.className = 'world-tag-name';
    const away = document.createElement('span');
    away.className = 'world-tag-away';
    away.textContent = '…';
    element.append(dot, name, away, ...Object.entries(MARKS).map(([mark, path]) => markOf(mark, path)));
    this.layer.append(element);
    return {
      element,
      dot,
      name,
      person: 0,
      view: undefined,
      speaking: false,
      shown: false,
      x: Number.NaN,
      y: Number.NaN,
      scale: 0,
      opacity: -1,
      order: -1,
      frame: 0,
    };
  }
}

function markOf(mark: string, shape: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.dataset.mark = mark;
  svg.setAttribute('viewBox', '0 0 18 18');
  svg.setAttribute('width', '14');
  svg.setAttribute('height', '14');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', shape);
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '1.8');
  path.setAttribute('stroke-linecap', 'round');
  svg.append(path);
  return svg;
}
