import { useState, type KeyboardEvent, type Ref } from 'react'
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'

interface SearchInputProps {
  readonly label: string
  readonly placeholder?: string
  readonly className?: string | undefined
  readonly text: string
  readonly onType: (text: string) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** The box that a search is typed into. */
export function SearchInput({ label, className, text, onType, ...rest }: SearchInputProps) {
  return (
    <TextInput
      placeholder={label}
      {...rest}
      type="search"
      className={className ?? ''}
      size="xs"
      aria-label={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}

const waitMs = 150

/** What is typed beside what the route says: a route that changes otherwise (Back, a chip) changes the text, too. */
export function useSearchText(search: string): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(search)
  const [sent, setSent] = useState(search)
  if (search !== sent) {
    setSent(search)
    if (search !== text.trim()) setText(search)
  }
  return [text, setText]
}

interface SearchFieldProps {
  readonly label: string
  readonly placeholder?: string
  readonly className?: string | undefined
  readonly search: string
  readonly onSearch: (search: string) => void
}

/** Search as you type. */
export function SearchField({ search, onSearch, ...input }: SearchFieldProps) {
  const [text, setText] = useSearchText(search)
  const sendSoon = useDebouncedCallback((typed: string) => onSearch(typed.trim()), waitMs)
  return (
    <SearchInput
      {...input}
      text={text}
      onType={(typed) => {
        setText(typed)
        sendSoon(typed)
      }}
    />
  )
}
