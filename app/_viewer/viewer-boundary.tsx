'use client';

import { Component, type ReactNode } from 'react';

/** What breaks in the viewer leaves the page around it standing. */
export class ViewerBoundary extends Component<
  { failure: string; children: ReactNode },
  { isBroken: boolean }
> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <p role="alert" className="m-4 border-l-2 border-bad bg-bad-surface px-3 py-2">
        {this.props.failure}
      </p>
    );
  }
}
