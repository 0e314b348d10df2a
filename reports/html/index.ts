/** The report for people: a page of its own. */
export { htmlReport } from './page.ts'
export type { ReportCard } from './report-card.ts'
