import { useTranslation } from 'react-i18next'
import type { Output } from '../../api/paths'
import classes from './membership-graph.module.css'
import { layoutMembership, type GroupNode } from './membership-layout'

const size = { width: 150, height: 30, gapX: 48, gapY: 12 } as const
const mostLetters = 20

const xOf = (column: number) => column * (size.width + size.gapX)
const yOf = (row: number) => row * (size.height + size.gapY)
const shortened = (name: string) => (name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name)

interface Place {
  readonly column: number
  readonly row: number
}

function curve(from: Place, to: Place): string {
  const [startX, startY] = [xOf(from.column) + size.width, yOf(from.row) + size.height / 2]
  const [endX, endY] = [xOf(to.column), yOf(to.row) + size.height / 2]
  const half = (startX + endX) / 2
  return `M ${startX} ${startY} C ${half} ${startY}, ${half} ${endY}, ${endX} ${endY}`
}

function Box({ at, name, node }: { readonly at: Place; readonly name: string; readonly node?: GroupNode }) {
  const weight = node === undefined ? 'person' : node.required || node.role !== null ? 'matters' : 'plain'
  return (
    <g
      transform={`translate(${xOf(at.column)} ${yOf(at.row)})`}
      data-weight={weight}
      className={classes.node}
    >
      <title>{node?.dn ?? name}</title>
      <rect width={size.width} height={size.height} rx={5} />
      <text x={10} y={size.height / 2} dominantBaseline="central">
        {shortened(name)}
      </text>
    </g>
  )
}

interface MembershipGraphProps {
  readonly person: string
  readonly groups: Output<'ldap.explain'>['groups']
}

/** The ways from a person up to their groups. The list below it says the same in words. */
export function MembershipGraph({ person, groups }: MembershipGraphProps) {
  const { t } = useTranslation()
  const { nodes, edges, columns, rows, left } = layoutMembership(groups)
  const places = new Map<string, Place>(nodes.map((node) => [node.dn, node]))
  const start: Place = { column: 0, row: 0 }
  const [width, height] = [xOf(columns) - size.gapX + 2, yOf(rows) - size.gapY + 2]
  return (
    <figure className={classes.graph}>
      <svg
        role="img"
        aria-label={t('person.graph', { name: person, count: nodes.length })}
        viewBox={`-1 -1 ${width} ${height}`}
        width={width}
        height={height}
      >
        {edges.map(({ from, to }) => {
          const end = places.get(to)
          const begin = from === null ? start : places.get(from)
          return end && begin && <path key={to} className={classes.edge} d={curve(begin, end)} />
        })}
        <Box at={start} name={person} />
        {nodes.map((node) => (
          <Box key={node.dn} at={node} name={node.name} node={node} />
        ))}
      </svg>
      {left > 0 && <figcaption className="dim">{t('person.graphLeft', { count: left })}</figcaption>}
    </figure>
  )
}
