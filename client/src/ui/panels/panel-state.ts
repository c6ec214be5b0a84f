import { store } from '../../store/store.ts';
import type { AppState } from '../../store/types.ts';

type PanelName = Exclude<AppState['panel'], 'none'>;

/** The list of people gives way to another panel and comes back after it. */
let peopleWaits = false;
let opener: HTMLElement | null = null;
let asked = false;

/** Somebody asked for the panel that is open now; otherwise it came by itself and leaves the focus alone. */
export function panelWasAsked(): boolean {
  return asked;
}

/** What is open on arrival. */
export function resetPanel(panel: AppState['panel']): void {
  peopleWaits = false;
  asked = false;
  store.setState({ panel });
}

/** Opens a panel in place of the one that is open. The focus comes back to where it was when the panel closes. */
function openPanel(panel: PanelName): void {
  const before = store.getState().panel;
  if (before === panel) return;
  if (before === 'none')
    opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  peopleWaits = before === 'people' || (before !== 'none' && peopleWaits);
  asked = true;
  store.setState({ panel });
}

/**
 * Closes the open panel.
 * @param back the list of people may come back if it was there before
 */
export function closePanel(back = true): void {
  const before = store.getState().panel;
  asked = false;
  const inside = document.activeElement?.closest('.panel') != null;
  store.setState({ panel: back && peopleWaits && before !== 'people' ? 'people' : 'none' });
  peopleWaits = false;
  if (inside && opener?.isConnected) opener.focus();
}

export function togglePanel(panel: PanelName, back = true): void {
  if (store.getState().panel === panel) closePanel(back);
  else openPanel(panel);
}
