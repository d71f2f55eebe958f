import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useDebouncedCallback } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { parseSearchWords } from '../../state/search-words'
import type { UsersRoute } from '../../state/users-route'
import { SearchInput, useSearchText } from '../../ui/search-field'
import type { ChangeRoute } from './use-users-route'
import classes from './users.module.css'

interface UserSearchProps {
  readonly route: UsersRoute
  readonly onChange: ChangeRoute
  readonly onLeave: () => void
}

function union<T>(before: readonly T[], added: readonly T[]): readonly T[] {
  return [...new Set([...before, ...added])]
}

/** Search as you type; `role:admin` and the like become chips. Arrow down goes to the table. */
export function UserSearch({ route, onChange, onLeave }: UserSearchProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useSearchText(route.search)
  const send = (typed: string) => {
    const words = parseSearchWords(typed)
    if (words.search !== typed) setText(words.search)
    onChange(
      {
        search: words.search.trim(),
        providers: union(route.providers, words.providers),
        roles: union(route.roles, words.roles),
        states: union(route.states, words.states),
      },
      'replace',
    )
  }
  const sendSoon = useDebouncedCallback(send, 120)

  useEffect(() => {
    const onSlash = (event: globalThis.KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [role=dialog]')
      if (event.key !== '/' || typing) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', onSlash)
    return () => window.removeEventListener('keydown', onSlash)
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') send(text)
    if (event.key === 'ArrowDown') onLeave()
    if (event.key === 'Escape' && text !== '') {
      setText('')
      send('')
    }
  }
  return (
    <SearchInput
      ref={input}
      className={classes.search}
      label={t('users.search')}
      placeholder={t('users.searchPlaceholder')}
      text={text}
      onType={(typed) => {
        setText(typed)
        sendSoon(typed)
      }}
      onKeyDown={onKeyDown}
    />
  )
}
