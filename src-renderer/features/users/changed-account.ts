import type { Path } from '../../api/paths'

/** What may look different after an account was changed. */
export const changedAccount: readonly Path[] = [
  'users.list',
  'users.facets',
  'users.get',
  'methods.overview',
  'methods.status',
  'requests.list',
  'links.list',
]
