import type { ReactNode } from 'react'
import { Anchor, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { Link } from 'wouter'
import { openExternal } from '../../api/act'
import { headingAnchor, helpAddress, helpTarget } from './help-target'
import classes from './help.module.css'

interface MarkdownProps {
  readonly id: string
  readonly ids: readonly string[]
  readonly text: string
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map((one: ReactNode) => textOf(one)).join('')
  if (typeof node === 'object' && node !== null && 'props' in node) {
    return textOf((node.props as { children?: ReactNode }).children)
  }
  return ''
}

const anchorOf = (children: ReactNode) => `doc-${headingAnchor(textOf(children))}`

const blocks: Components = {
  h1: ({ children }) => <h2 className={classes.h1}>{children}</h2>,
  h2: ({ children }) => <h3 id={anchorOf(children)}>{children}</h3>,
  h3: ({ children }) => <h4 id={anchorOf(children)}>{children}</h4>,
  table: ({ children }) => (
    <Table.ScrollContainer minWidth={480}>
      <Table withTableBorder>{children}</Table>
    </Table.ScrollContainer>
  ),
  img: ({ alt }) => <em className="dim">{alt}</em>,
}

/** A document as it is shipped: no network, links stay inside or go through the system browser. */
export function Markdown({ id, ids, text }: MarkdownProps) {
  const components: Components = {
    ...blocks,
    a: ({ href, children }) => (
      <DocumentLink href={href ?? ''} from={id} ids={ids}>
        {children}
      </DocumentLink>
    ),
  }
  return (
    <div className={classes.document}>
      <ReactMarkdown skipHtml remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}

interface DocumentLinkProps {
  readonly href: string
  readonly from: string
  readonly ids: readonly string[]
  readonly children: ReactNode
}

function DocumentLink({ href, from, ids, children }: DocumentLinkProps) {
  const { t } = useTranslation()
  const target = helpTarget(href, from, ids)
  const open = async (url: string) => {
    if (!(await openExternal(url))) notifications.show({ color: 'red', message: t('common.notOpened') })
  }
  if (target.kind === 'nowhere') return <>{children}</>
  if (target.kind === 'page') {
    return (
      <Anchor component={Link} href={helpAddress(target.id)} inherit underline="always">
        {children}
      </Anchor>
    )
  }
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      underline="always"
      role="link"
      onClick={() => {
        if (target.kind === 'external') void open(target.url)
        else document.getElementById(`doc-${target.anchor}`)?.scrollIntoView({ block: 'start' })
      }}
    >
      {children}
    </Anchor>
  )
}
