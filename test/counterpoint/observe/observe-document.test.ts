import { stillWanted, wasEdited, type OrderLineRow } from '../../../counterpoint/observe/document';
import { decimal } from '../../../domain/money';

const row = (sold: number, shipped: number, open: number): OrderLineRow => ({
  LIN_GUID: 'A',
  QTY_SOLD: sold,
  ORIG_QTY: 2,
  QTY_SHIPPED: shipped,
  QTY_OPEN: open,
});

const wanted = (line: OrderLineRow, edited: boolean): string =>
  stillWanted(line, decimal(2), decimal(String(line.QTY_SHIPPED)), edited).toString();

it('P-25 C5-83 a line that a clerk lowered to half and released is finished: nothing waits for a release that cannot come', () => {
  expect(wanted(row(1, 1, 0), true)).toBe('1');
});

it('P-25 C5-73 half of a line that nobody edited is still to come, whatever QTY_SOLD counts after a release', () => {
  expect(wanted(row(1, 1, 1), false)).toBe('2');
  expect(wanted(row(2, 1, 1), false)).toBe('2');
  expect(wanted(row(1, 1, 0), false)).toBe('2');
});

it('P-25 C5-73 another line that was edited hides no rest of this one', () => {
  expect(wanted(row(1, 1, 1), true)).toBe('2');
  expect(wanted(row(2, 1, 1), true)).toBe('2');
});

it('C5-83 an order counts as edited by its audit log alone', () => {
  expect(wasEdited([{ sequence: 1, activ: 'N' }])).toBe(false);
  expect(
    wasEdited([
      { sequence: 1, activ: 'N' },
      { sequence: 2, activ: 'E' },
    ]),
  ).toBe(true);
});
