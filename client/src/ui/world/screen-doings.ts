import { store } from '../../store/store.ts';
import type { AppState } from '../../store/types.ts';

/** Whose screens are shown, nearest first; those of people who are far (on a stage) come last. */
export function screensShown({ screens, near }: Pick<AppState, 'screens' | 'near'>): number[] {
  const order = new Map(near.map(({ id }, index) => [id, index]));
  const place = (id: number) => order.get(id) ?? near.length;
  return Object.keys(screens)
    .map(Number)
    .sort((a, b) => place(a) - place(b) || a - b);
}

/** The screen shown large: the one chosen while it is there, else the nearest. */
export function largeScreenOf(state: Pick<AppState, 'screens' | 'near' | 'largeScreen'>): number | undefined {
  const { id } = state.largeScreen;
  return id !== undefined && state.screens[id] ? id : screensShown(state)[0];
}

/** Shows this screen large. */
export function chooseScreen(id: number): void {
  store.setState(({ largeScreen }) => ({ largeScreen: { ...largeScreen, id } }));
}

/**
 * Lets the large screen fill the window, or gives the world its place back.
 * @returns false where no screen is shown
 */
export function toggleFull(): boolean {
  const state = store.getState();
  const id = largeScreenOf(state);
  if (id === undefined) return false;
  // It stays this one, whoever walks where.
  store.setState({ largeScreen: { id, full: !state.largeScreen.full } });
  return true;
}

/** @returns false where nothing fills the window */
export function endFull(): boolean {
  const state = store.getState();
  return state.largeScreen.full && largeScreenOf(state) !== undefined && toggleFull();
}
