import type { Code, Details, ErrorBody } from '../../src-main/contract/errors'

/** A refused or failed call, as thrown to TanStack Query. An empty message means: the code's title says it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: Code
  readonly details: Details

  constructor(body: ErrorBody) {
    super(body.message)
    this.code = body.code
    this.details = body.details
  }
}

/** Anything that was thrown, as an `ApiError`; what is not one is a bug and carries `INTERNAL`. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError({ code: 'INTERNAL', message: '', details: {} })
}
