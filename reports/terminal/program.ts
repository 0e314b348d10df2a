/** A program on a terminal: steps one below another, lanes beside each other where they can be read so. */
import { type ProgramText, programParts } from '../text/program-lines.ts'
import { visible } from '../text/visible.ts'
import { hanging } from './hanging.ts'
import type { Look } from './look.ts'
import { widthOf } from './row.ts'

/** Lanes narrower than this are put below one another. */
const leastLane = 24

const between = ' │ '

/** The program, no line wider than `look.width`. */
export function programBlock(program: ProgramText, look: Look): string[] {
  const { about, blocks, scheduled } = programParts(program)
  const { width } = look
  return [
    ...about.flatMap((line) => hanging(visible(line), width, 2)),
    ...blocks.flatMap(({ heading, lanes }) => [
      ...(heading === undefined ? [] : hanging(visible(heading), width, 2).map(look.paints.faint)),
      ...lanesBlock(lanes, look, heading === undefined ? '' : '  '),
    ]),
    ...(scheduled === undefined ? [] : hanging(visible(scheduled), width, 2)),
  ]
}

function lanesBlock(lanes: readonly (readonly string[])[], look: Look, indent: string): string[] {
  if (lanes.length === 1) return steps(lanes[0] ?? [], look.width - indent.length).map((line) => `${indent}${line}`)
  const room = look.width - between.length * (lanes.length - 1)
  if (room >= leastLane * lanes.length) return besideEachOther(lanes, room, look)
  return lanes.flatMap((lane, index) => [
    look.paints.faint(`lane ${index + 1}, beside the others`),
    ...steps(lane, look.width - 2).map((line) => `  ${line}`),
  ])
}

function besideEachOther(lanes: readonly (readonly string[])[], room: number, { paints }: Look): string[] {
  const shares = shared(
    lanes.map((lane) => Math.max(...steps(lane, Infinity).map(widthOf))),
    room,
  )
  const columns = lanes.map((lane, index) => steps(lane, shares[index] ?? leastLane))
  const widths = columns.map((lines, index) => Math.max(widthOf(`lane ${index + 1}`), ...lines.map(widthOf)))
  const padded = (text: string, index: number): string => text + ' '.repeat((widths[index] ?? 0) - widthOf(text))
  const heads = columns.map((_, index) => paints.faint(padded(`lane ${index + 1}`, index)))
  const height = Math.max(...columns.map(({ length }) => length))
  const line = (row: number) => columns.map((lines, index) => padded(lines[row] ?? '', index))
  return [heads, ...Array.from({ length: height }, (_, row) => line(row))].map((cells) =>
    cells.join(paints.faint(between)).trimEnd(),
  )
}

/** What each of several gets of `room`: those that need less than an equal share leave the rest to the others. */
function shared(needs: readonly number[], room: number): number[] {
  let left = room
  const shares = needs.map(() => 0)
  const smallestFirst = [...needs.keys()].toSorted((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0))
  for (const [done, index] of smallestFirst.entries()) {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / (needs.length - done)))
    shares[index] = share
    left -= share
  }
  return shares
}

/** What a step does stands behind its name, on every line. */
const steps = (lane: readonly string[], width: number): string[] =>
  lane.flatMap((line) => {
    const name = /^(?:step|operation) \d+ {2}/.exec(line)?.[0].length ?? 2
    return hanging(visible(line), width, name <= width / 3 ? name : 2)
  })
