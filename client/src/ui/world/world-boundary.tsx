import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Backdrop } from '../lobby/backdrop.tsx';

interface Props {
  children: ReactNode;
}

/** Keeps voices and panels alive when the picture of the world cannot be drawn. */
export class WorldBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error('the world could not be drawn', error, info.componentStack);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="world-curtain">
        <Backdrop />
        <div className="world-message" role="alert">
          <p>This browser couldn't draw the town. You can still talk, and walk to people from the list.</p>
          <button type="button" className="button" onClick={() => this.setState({ failed: false })}>
            Try again
          </button>
        </div>
      </div>
    );
  }
}
