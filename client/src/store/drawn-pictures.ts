import type { PersonId } from '@chatmux/schema';

type Picture = 'cam' | 'screen';

/**
 * How large pictures are drawn in the world in this frame, in lines of the canvas. It changes with every frame, so it is
 * no state that anything is drawn from: the scene writes it, and whoever asks for pictures reads it.
 */
class DrawnPictures {
  private readonly lines = { cam: new Map<PersonId, number>(), screen: new Map<PersonId, number>() };

  /** @param lines 0 where it stands outside the picture */
  note(picture: Picture, id: PersonId, lines: number): void {
    this.lines[picture].set(id, lines);
  }

  forget(picture: Picture, id: PersonId): void {
    this.lines[picture].delete(id);
  }

  of(picture: Picture, id: PersonId): number {
    return this.lines[picture].get(id) ?? 0;
  }
}

export const drawnPictures = new DrawnPictures();
