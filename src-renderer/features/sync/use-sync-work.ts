import {
  skipToken,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
  type MutationState,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SyncCounts, SyncProgressView } from '../../../src-main/contract/sync'
import type { ApiError } from '../../api/api-error'
import { request } from '../../api/request'
import type { RunInfo } from '../../api/use-run'
import type { ChosenFile } from '../../state/selection-store'
import { changedAccount } from '../users/changed-account'

type Task =
  | { readonly kind: 'preview'; readonly against: string | null }
  | { readonly kind: 'apply'; readonly preview: string; readonly maxRemovals: number | null }
export type SyncTask = RunInfo & Task

/** What came of it; a preview is asked for anew, since it may be replaced from elsewhere. */
export type SyncDone =
  | { readonly kind: 'preview' }
  | { readonly kind: 'apply'; readonly run: string | null; readonly counts: SyncCounts }

export type LastSync = MutationState<SyncDone, ApiError, SyncTask>

async function perform(task: SyncTask): Promise<SyncDone> {
  const { runId } = task
  if (task.kind === 'preview') {
    await request('sync.preview', { runId, against: task.against, links: 'reviewed' })
    return { kind: 'preview' }
  }
  const { preview, maxRemovals } = task
  return { kind: 'apply', ...(await request('sync.apply', { runId, preview, maxRemovals })) }
}

const changedBySync: readonly unknown[] = ['sync.current', 'sync.rows', 'sync.runs', ...changedAccount]

/** A preview or an apply: it goes on, and its outcome stays, when the page is left and opened again. */
export function useSyncWork() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { mutate } = useMutation<SyncDone, ApiError, SyncTask>({
    mutationKey: ['sync.work'],
    mutationFn: perform,
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => changedBySync.includes(queryKey[0]) }),
  })
  const states = useMutationState({
    filters: { mutationKey: ['sync.work'] },
    select: (mutation) => mutation.state as LastSync,
  })
  const last = states.at(-1) ?? null
  const runId = last?.variables?.runId ?? ''
  const progress = useQuery<SyncProgressView>({ queryKey: ['sync.progress', runId], queryFn: skipToken })
  const start = (task: Task, work: string) =>
    mutate({ ...task, work, runId: crypto.randomUUID(), subject: 'sync' })
  return {
    last,
    running: last?.status === 'pending',
    progress: progress.data ?? null,
    preview: (file: ChosenFile | null) =>
      start(
        { kind: 'preview', against: file?.handle ?? null },
        file === null ? t('sync.work.preview') : t('sync.work.previewFile', { file: file.name }),
      ),
    apply: (preview: string, maxRemovals: number | null) =>
      start({ kind: 'apply', preview, maxRemovals }, t('sync.work.apply')),
    cancel: () => void request('app.cancel', { runId }).catch(() => undefined),
  }
}
export type SyncWork = ReturnType<typeof useSyncWork>
