import type { Milliseconds, PictureLayer, PlanEntry } from '@chatmux/schema';
import { areSameViews, faceLayer, type Media, NO_VIEW, screenLayer, type Views } from '../media/index.ts';
import { drawnPictures } from '../store/drawn-pictures.ts';
import { measureTiles, pictureName, type TileLines } from './drawn-tiles.ts';
import { ViewKeeper } from './view-keeper.ts';

/** How often it is looked how large pictures are drawn. */
const LOOK_MS: Milliseconds = 500;

/** Looks how large each picture is drawn, as a tile and in the world, and has media ask for no more than that. */
export class ViewWatch {
  private readonly media: Pick<Media, 'setViews'>;
  private readonly keeper = new ViewKeeper();
  private lookedMs = Number.NEGATIVE_INFINITY;
  private told: Views = new Map();

  constructor(media: Pick<Media, 'setViews'>) {
    this.media = media;
  }

  /** What media was last told. */
  get asked(): Views {
    return this.told;
  }

  advance(plan: readonly PlanEntry[], nowMs: Milliseconds): void {
    if (nowMs - this.lookedMs < LOOK_MS) return;
    this.lookedMs = nowMs;
    const views = this.keeper.look(
      document.hidden ? unseen(plan) : seen(plan, measureTiles(document)),
      nowMs,
    );
    if (areSameViews(views, this.told)) return;
    this.told = views;
    this.media.setViews(views);
  }
}

const withPictures = (plan: readonly PlanEntry[]) =>
  plan.filter(({ video, screen }) => video > 0 || screen > 0);

/** [VW5] Nothing is drawn: pictures rest, sound goes on. */
const unseen = (plan: readonly PlanEntry[]): Views =>
  new Map(withPictures(plan).map(({ id }) => [id, NO_VIEW]));

/** [VW5] While the page is open the small size of each picture comes at least: one may turn to it at any moment. */
function seen(plan: readonly PlanEntry[], tiles: TileLines): Views {
  const layer = (picture: 'cam' | 'screen', id: number, of: (lines: number) => PictureLayer) =>
    of(Math.max(tiles.get(pictureName(picture, id)) ?? 0, drawnPictures.of(picture, id)));
  return new Map(
    withPictures(plan).map(({ id }) => [
      id,
      { cam: layer('cam', id, faceLayer), screen: layer('screen', id, screenLayer) },
    ]),
  );
}
