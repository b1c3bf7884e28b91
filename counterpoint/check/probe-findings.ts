import type { ProbeAnswer } from '../../domain/ports/target';
import type { Guesses } from '../../domain/settings';

interface Findings {
  readonly findings: readonly string[];
  readonly suggested: Readonly<Record<string, unknown>>;
}

type Evidence = Readonly<Record<string, string>>;

/** What the answers say against the guesses in use. Where a database has no rows of a kind yet, nothing is concluded. */
export function findingsOf(answers: readonly ProbeAnswer[], guesses: Guesses): Findings {
  const rows = (id: string): readonly Evidence[] => answers.find((answer) => answer.id === id)?.evidence ?? [];
  const findings: string[] = [];
  const suggested: Record<string, unknown> = {};
  const compare = (key: keyof Guesses, seen: readonly string[], what: string): void => {
    const used = guesses[key];
    if (seen.length === 0 || seen.includes(String(used))) return;
    findings.push(`${what} is ${seen.join(' or ')} here, not ${String(used)}.`);
    if (seen.length === 1) suggested[key] = seen[0];
  };
  const overridden = rows('taxOverridden').filter((row) => row['REASON'] === 'yes' && row['TOT_TYP'] === 'O');
  compare('taxOverridden', letters(overridden, 'HAS_TAX_OVRD'), 'HAS_TAX_OVRD of an order with a tax override');
  const onOrders = rows('applTyp').filter((row) => row['DOC_TYP'] === 'O');
  compare('depositAppliesTo', letters(onOrders, 'APPL_TYP'), 'APPL_TYP of a deposit on an order');

  const known = new Set(['O', ...guesses.closedStatus]);
  const orders = rows('docStat').filter((row) => row['DOC_TYP'] === 'O');
  const others = letters(orders, 'DOC_STAT').filter((letter) => !known.has(letter));
  if (others.length > 0) {
    findings.push(
      `DOC_STAT of orders also holds ${others.join(', ')}; if that means finished, add it to counterpoint.guesses.closedStatus.`,
    );
  }
  const drawers = letters(rows('drawers'), 'STAT');
  if (drawers.length > 0 && !drawers.includes(guesses.openSession))
    findings.push(`No drawer session has the letter ${guesses.openSession}; seen: ${drawers.join(', ')}.`);
  const states = letters(rows('releaseState'), 'ORD_REL_STATE');
  if (states.length > 0 && !states.includes(guesses.linesStartSelected))
    findings.push(`No store has ORD_REL_STATE ${guesses.linesStartSelected}; seen: ${states.join(', ')}.`);
  const released = rows('linkedLines').find((row) => row['LIN_TYP'] === 'S');
  if (released !== undefined && Number(released['ORDER_LINE_FOUND']) === 0)
    findings.push(
      'Release tickets do not name their order lines here; lines are matched by item, which is enough unless an order has an item twice.',
    );
  return { findings, suggested };
}

const letters = (rows: readonly Evidence[], column: string): string[] => [
  ...new Set(rows.map((row) => row[column] ?? '').filter((letter) => letter !== '')),
];
