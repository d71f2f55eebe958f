import { Component, type ReactNode } from 'react'
import { request } from '../api/request'

interface ErrorBoundaryProps {
  readonly children: ReactNode
  readonly fallback: ReactNode
  /** How the failure is reported: the page it happened on and a sentence. */
  readonly page: string
  readonly reason: string
}

interface ErrorBoundaryState {
  readonly failed: boolean
}

/** Shows a page's bug as an error page instead of nothing. React offers this to classes only. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: false }

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { failed: true }
  }

  override componentDidCatch(error: Error): void {
    const { page, reason } = this.props
    const said = `${reason} (${error.name}: ${error.message})`.slice(0, 500)
    void request('app.pageShown', { page, state: 'error', reason: said }).catch(() => undefined)
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
