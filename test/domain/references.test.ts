import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ATTENTION, ATTENTION_REASONS } from '../../domain/order/attention';
import { attentionReference } from '../../scripts/reference/attention';
import { cells } from '../../domain/order/lifecycle/cells';
import { decisionsIn, UNDECIDED, type Decision } from '../../domain/order/lifecycle/decided-cells';
import { chargeable, inWords, lifecycleReference, outcome } from '../../scripts/reference/lifecycle';

const reference = (name: string): string => path.resolve(__dirname, '../../docs/reference', name);

/** `CANTUS_WRITE_REFERENCES=1 npx jest test/domain/references` writes the pages anew. */
function expectPage(name: string, generated: string): void {
  if (process.env['CANTUS_WRITE_REFERENCES'] === '1') writeFileSync(reference(name), generated);
  expect(readFileSync(reference(name), 'utf8')).toBe(generated);
}

test('P-20 the reference of attention is what the code does', () => {
  expectPage('attention.md', attentionReference());
});

test('X-09 the published table of states is what the plan does', () => {
  expectPage('lifecycle.md', lifecycleReference());
});

test('P-20 every reason says what happened, names an owner and a deadline, and offers a repair', () => {
  for (const reason of ATTENTION_REASONS) {
    const { says, owner, deadlineHours, repairs } = ATTENTION[reason];
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(owner).toMatch(/merchant|agency|maintainer/);
    expect(deadlineHours).toBeGreaterThan(0);
    expect(repairs).toContain('retry');
  }
});

test('X-09 every pair of states acts, ends, or waits with a reason', () => {
  const all = [...cells()];
  expect(all.length).toBeGreaterThan(7_000);
  const undefinedPairs = all.filter((cell) => {
    const says = outcome(cell);
    return says === 'wait for shop' || !/^(end: |wait for |attention |[a-z]+[A-Z]|status )/.test(says);
  });
  expect(undefinedPairs).toEqual([]);
});

const told = ({ cell, after, reason, repair, then }: Decision): string =>
  `${cell.document}/${cell.ticket}/${cell.payment}/${cell.shop} (${cell.rules}): ${[...after, repair].join(', ')} for ${reason} → ${inWords(then)}`;

describe('both sides and every decision', () => {
  const all = [...cells()].flatMap((cell) => [...decisionsIn(cell)]);

  test('X-09 P-25 a decision leads to an action, an end, a true wait or the next thing to decide', () => {
    expect(all.length).toBeGreaterThan(9_000);
    const undefinedOnes = all.filter(({ then }) => {
      const says = inWords(then);
      return says === 'wait for shop' || !/^(end: |wait for |attention |[a-z]+[A-Z]|status )/.test(says);
    });
    expect(undefinedOnes.map(told)).toEqual([]);
  });

  test('X-09 P-25 no decision leaves an order waiting for a tracking number that is there', () => {
    const numbered = all.filter(
      ({ cell }) => !/^(no ticket|released|voided|invoiced|invoiced and voided)$/.test(cell.ticket),
    );
    expect(numbered.filter(({ then }) => inWords(then) === 'wait for tracking').map(told)).toEqual([]);
  });

  test('X-09 P-25 what is decided is not asked again: every repair but a new look changes the step or the question', () => {
    const idle = all.filter(
      ({ repair, before, then }) => !UNDECIDED.includes(repair) && JSON.stringify(before) === JSON.stringify(then),
    );
    expect(idle.map(told)).toEqual([]);
  });

  test('X-09 P-25 whoever decides what is asked, again and again, is asked no more after six decisions', () => {
    expect(all.filter(({ after, repair }) => after.length >= 6 && !UNDECIDED.includes(repair)).map(told)).toEqual([]);
  });
});

test('X-09 P-25 every question offers a repair that leads on, or the text says what to do in one of the two systems', () => {
  const stuck = [...cells()].filter((cell) => {
    const decisions = [...decisionsIn(cell)].filter(({ after }) => after.length === 0);
    return decisions.length > 0 && decisions.every(({ repair }) => UNDECIDED.includes(repair));
  });
  expect(stuck).toEqual([]);
});

test('P-06 C5-37 in no pair of states is anybody charged but for an authorised order’s own open ticket', () => {
  const charging = [...cells()].filter((cell) => outcome(cell).includes('and capture'));
  expect(charging.length).toBeGreaterThan(0);
  for (const cell of charging) {
    expect(cell.payment).toBe('authorised');
    expect(cell.ticket).toMatch(/^released/);
    expect(chargeable(cell)).toBe(1);
  }
});

test('C5-82 a held order is left alone in every pair of states', () => {
  const held = [...cells()].filter((cell) => cell.shop === 'holded' && cell.document !== 'gone');
  expect(held.filter((cell) => /invoice|ship|status|createDocument/.test(outcome(cell)))).toEqual([]);
});

test('C5-15 an order that is complete in the shop and was never imported is skipped', () => {
  const done = [...cells()].filter((cell) => cell.shop === 'complete' && cell.document === 'none');
  expect(done.map(outcome).every((says) => says === 'end: skipped')).toBe(true);
});
