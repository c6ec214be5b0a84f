import { useEffect } from 'react';
import { useApp } from '../store/store.ts';
import { useMedia } from './use-media.ts';

/** Ground of panels, as the browser's own frame around the page should look. */
const FRAME = { dark: '#14161f', light: '#f7f5f0' };

/** Keeps `data-theme` on the document in step with the setting and the system. */
export function useTheme(): void {
  const chosen = useApp((state) => state.settings.theme);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = chosen === 'system' ? (systemDark ? 'dark' : 'light') : chosen;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.content = FRAME[theme];
    }
  }, [theme]);
}
