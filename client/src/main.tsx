import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, preloadScene } from './app/app.tsx';
import { Chatmux } from './app/chatmux.ts';
import { exposeInspection } from './app/inspect.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const app = new Chatmux();
exposeInspection(app);
createRoot(root).render(
  <StrictMode>
    <App app={app} />
  </StrictMode>,
);
// The lobby first; what is needed next while it is looked at.
(window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500)))(() => preloadScene());
