/** What the requirements of a result are, area by area. */
import { type Area, areas, type Requirement } from '../../spec/requirement.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import type { RequirementResult, SystemResult } from '../../spec/result.ts'

/** Where a requirement stands that this version of the contract does not have. */
export const unknownArea = 'others'

/** One requirement over all systems. */
export interface Row {
  id: string
  level: 'must' | 'should'
  title: string
  area: Area | typeof unknownArea
  requirement?: Requirement
  /** By system, in their order; undefined where a system has no result for it. */
  results: (RequirementResult | undefined)[]
}

/** The requirements of one area, in the order of the result. */
export interface AreaRows {
  area: Row['area']
  rows: Row[]
}

/** Every requirement that any of `systems` has a result for, by area; areas without one are left out. */
export function rowsByArea(systems: readonly SystemResult[]): AreaRows[] {
  const results = systems.map(({ requirements }) => new Map(requirements.map((each) => [each.id, each])))
  const first = new Map(systems.flatMap(({ requirements }) => requirements.map((each) => [each.id, each])))
  const rows = [...first.values()].map(({ id, level }): Row => {
    const requirement = requirementById(id)
    return {
      id,
      level,
      title: requirement?.title ?? 'A requirement that this version of the contract does not have',
      area: requirement?.area ?? unknownArea,
      requirement,
      results: results.map((each) => each.get(id)),
    }
  })
  return [...areas, unknownArea as typeof unknownArea]
    .map((area) => ({ area, rows: rows.filter((row) => row.area === area) }))
    .filter(({ rows }) => rows.length > 0)
}

/** What a clause of this name promises; results may name clauses that no requirement has, `constructor` too. */
export function promiseOf(requirement: Requirement | undefined, clause: string): string | undefined {
  return requirement !== undefined && Object.hasOwn(requirement.clauses, clause)
    ? requirement.clauses[clause]?.promise
    : undefined
}

/** An area's name as a heading. */
export const areaName = (area: string): string => area.slice(0, 1).toUpperCase() + area.slice(1)
