import { Fragment } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import classes from './secret.module.css'
import { spelledWords, type SpelledCharacter } from './spelled-word'

function said(t: TFunction, character: SpelledCharacter): string {
  switch (character.kind) {
    case 'letter': {
      const word = t(`spelling.${character.letter}`)
      return character.capital ? t('secret.capital', { word }) : word
    }
    case 'digit':
      return t('secret.digit', { digit: character.digit })
    case 'hyphen':
      return t('secret.hyphen')
    case 'other':
      return character.character
  }
}

/** The passphrase for the phone: each word with its letters in the spelling alphabet. */
export function SpelledOut({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  return (
    <dl className={classes.spelled}>
      {spelledWords(text).map(({ word, characters }, index) => (
        <Fragment key={index}>
          <dt>{word}</dt>
          <dd>{characters.map((character) => said(t, character)).join(' · ')}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
