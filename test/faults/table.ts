import { FAULTS, PHASES, strikesIn, type Fault, type Phase } from './seeds';

export interface Result {
  readonly fault: Fault;
  readonly phase: Phase;
  readonly struck: boolean;
  readonly owned: boolean;
  readonly violations: number;
}

/** Faults × phases: how many orders were struck, and in brackets how many rules were broken. */
export function tableOf(results: readonly Result[]): string {
  const cell = (fault: Fault, phase: Phase): string => {
    const own = results.filter((each) => each.fault === fault && each.phase === phase);
    const struck = own.filter((each) => each.struck).length;
    const broken = own.reduce((sum, each) => sum + each.violations, 0);
    return own.length === 0 ? '–' : `${String(struck)}${broken > 0 ? ` (${String(broken)} broken)` : ''}`;
  };
  const rows = [['', ...PHASES], ...FAULTS.map((fault) => [fault, ...PHASES.map((phase) => cell(fault, phase))])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const count = (what: (result: Result) => boolean): string => String(results.filter(what).length);
  const broken = results.reduce((sum, each) => sum + each.violations, 0);
  return [
    ...lines,
    `${String(results.length)} orders, ${count((each) => each.struck)} struck, ${count((each) => each.owned)} left to a person with a reason, ${String(broken)} violations`,
  ].join('\n');
}

/** Pairs of fault and phase in which nothing was struck. */
export const pairsMissed = (results: readonly Result[]): string[] =>
  FAULTS.flatMap((fault) =>
    PHASES.filter(
      (phase) =>
        strikesIn(fault, phase) && !results.some((each) => each.struck && each.fault === fault && each.phase === phase),
    ).map((phase) => `${fault} × ${phase}`),
  );
