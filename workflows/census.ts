import type { CensusReport } from '../passes/reports';
import { count } from './policies';

/** The daily count: every order of shop, Counterpoint and engine accounted for once; gaps are healed or named. */
export async function census(): Promise<CensusReport> {
  return await count.takeCensus();
}
