/** Recorded histories: JSON lines, a header for each program and then its events, to be judged again without a system. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Capability, isCapability } from '../spec/capabilities.ts'
import type { HistoryEvent } from '../spec/history.ts'
import type { Observation as Observes, Requirement, Violation } from '../spec/requirement.ts'
import { viewRun } from '../spec/run/view.ts'
import { judge } from './judge.ts'
import { enterInto, newLedger, type OpenLedger } from './ledger.ts'

/** What stands before the events of a program. */
export interface RecordingHeader {
  recording: 1
  system: string
  capabilities: Capability[]
  observes: Observes[]
  family: string
  program: number
}

/** The lines of one program's recording. */
export function recordingLines(header: RecordingHeader, events: readonly HistoryEvent[]): string {
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** What judging a recording found. */
export interface JudgedRecording {
  programs: number
  events: number
  decided: Map<string, number>
  violations: { system: string; program: number; violation: Violation }[]
}

/** Judges a recording program by program. @throws Error with one line naming the file's line that is no recording */
export async function judgeRecording(path: string, requirements: readonly Requirement[]): Promise<JudgedRecording> {
  const result: JudgedRecording = { programs: 0, events: 0, decided: new Map(), violations: [] }
  const sessions: RecordedSession[] = []
  let header: RecordingHeader | undefined
  let events: HistoryEvent[] = []
  const close = (): void => {
    if (header === undefined) return
    const { ledger } = sessionOf(sessions, header)
    const run = viewRun(events, { capabilities: header.capabilities, observes: header.observes, ledger })
    const judged = judge(run, requirements)
    for (const [id, clauses] of judged.decisions) {
      const decided = [...clauses.values()].reduce((sum, clause) => sum + clause.decided, 0)
      result.decided.set(id, (result.decided.get(id) ?? 0) + decided)
    }
    for (const violation of judged.violations)
      result.violations.push({ system: header.system, program: header.program, violation })
    enterInto(ledger, run, header.program)
    result.programs++
    result.events += events.length
  }
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++
    if (line === '') continue
    const parsed = parseLine(line, path, number)
    if ('recording' in parsed) {
      close()
      header = parsed
      events = []
    } else if (header === undefined)
      throw new Error(`${path}:${number} is not a recording: expected the header of a program first`)
    else events.push(parsed)
  }
  close()
  if (result.programs === 0) throw new Error(`${path} holds no recording: expected the file that \`run --trace\` wrote`)
  return result
}

/** One started system of a recording. */
interface RecordedSession {
  system: string
  /** The program it ran last. */
  last: number
  ledger: OpenLedger
}

/** The started system that ran this program: programs are counted from 1 in each, and some programs have one of their own. */
function sessionOf(sessions: RecordedSession[], { system, program }: RecordingHeader): RecordedSession {
  // Of several that may have run it, the one that had come as far.
  let session: RecordedSession | undefined
  if (program > 1)
    for (const each of sessions)
      if (each.system === system && each.last < program && each.last >= (session?.last ?? 0)) session = each
  if (session === undefined) {
    session = { system, last: program, ledger: newLedger() }
    sessions.push(session)
  }
  session.last = program
  return session
}

function parseLine(line: string, path: string, number: number): RecordingHeader | HistoryEvent {
  let parsed: Partial<RecordingHeader & HistoryEvent> | null
  try {
    parsed = JSON.parse(line) as Partial<RecordingHeader & HistoryEvent> | null
  } catch {
    throw new Error(`${path}:${number} is not a recording: expected a line of JSON`)
  }
  if (parsed !== null && typeof parsed === 'object') {
    if (parsed.recording === 1 && Array.isArray(parsed.capabilities) && parsed.capabilities.every(isCapability))
      return parsed as RecordingHeader
    if (typeof parsed.kind === 'string' && typeof parsed.seq === 'number') return parsed as HistoryEvent
  }
  throw new Error(`${path}:${number} is not a recording: expected a program's header or an event`)
}
