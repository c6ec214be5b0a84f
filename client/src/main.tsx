import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { GITHUB_RETURN } from './account/github-return.ts';
import { App, preloadScene } from './app/app.tsx';
import { Chatmux } from './app/chatmux.ts';
import { exposeInspection } from './app/inspect.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

if (location.pathname === GITHUB_RETURN) {
  const { githubPage } = await import('./app/github-page.tsx');
  createRoot(root).render(<StrictMode>{githubPage()}</StrictMode>);
} else {
  const app = new Chatmux();
  exposeInspection(app);
  createRoot(root).render(
    <StrictMode>
      <App app={app} />
    </StrictMode>,
  );
  // The lobby first; what is needed next while it is looked at.
  (window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500)))(() => preloadScene());
}
