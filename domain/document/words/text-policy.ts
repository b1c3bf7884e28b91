import type { CounterpointSettings } from '../../settings';
import { isWritable, toCodePage, type CodePage } from '../../text/fitting';
import type { DocumentDraft, DraftContact } from '../draft';
import { requireWritable } from '../identifiers';
import { stop } from '../refusals';
import { isReadable } from './shopper-text';

/**
 * Stops a draft whose text cannot be written (`textPolicy`, C5 text rules): identifiers always; other text when the policy
 * is `reject`; and with `transliterate` a name, street or city of which nothing readable would be left, and the name of the bill-to.
 * The respelling itself is done where the document is written, with the real columns at hand.
 * @throws CantusError refused, badText.
 */
export function checkText(draft: DocumentDraft, policy: CounterpointSettings['textPolicy'], codePage: CodePage): void {
  requireWritable(draft.order, 'increment_id', draft.ticketNo, codePage);
  for (const line of draft.lines) requireWritable(draft.order, 'items.sku', line.sku, codePage);
  for (const [field, value] of texts(draft)) {
    if (policy === 'reject' && !isWritable(value, codePage)) throw notHeld(draft.order, field);
  }
  for (const [field, value] of mustBeReadable(draft)) {
    if (isUnreadable(value, codePage)) throw nothingLeft(draft.order, field);
  }
}

/** Nothing of it could be read in the database: no letter, no figure. */
const isUnreadable = (value: string, codePage: CodePage): boolean =>
  value !== '' && !isReadable(toCodePage(value, codePage).text);

const NOTE_FIELDS: Readonly<Record<string, string>> = { GIFT: 'gift_message', SHOPPER: 'customer_note' };

function* texts(draft: DocumentDraft): Iterable<readonly [field: string, value: string]> {
  yield* contactTexts('billing_address', draft.billing);
  if (draft.shipTo !== null) yield* contactTexts('shipping.address', draft.shipTo);
  for (const line of draft.lines) yield ['items.name', line.description];
  for (const note of draft.notes) yield [NOTE_FIELDS[note.id] ?? `note ${note.id}`, note.text];
}

function* contactTexts(at: string, contact: DraftContact): Iterable<readonly [field: string, value: string]> {
  yield [`${at}.name`, `${contact.name} ${contact.firstName} ${contact.lastName}`];
  yield [`${at}.street`, contact.address.join(' ')];
  yield [`${at}.city`, `${contact.city ?? ''} ${contact.state ?? ''} ${contact.postcode ?? ''}`];
  yield [`${at}.telephone`, contact.phone ?? ''];
  yield [`${at}.email`, contact.email ?? ''];
}

/** Whom the document is for, and where its goods go. */
function* mustBeReadable(draft: DocumentDraft): Iterable<readonly [field: string, value: string]> {
  yield ['billing_address.lastname', draft.billing.name];
  if (draft.shipTo === null) return;
  yield ['shipping.address.lastname', draft.shipTo.name];
  yield ['shipping.address.street', draft.shipTo.address.join(' ')];
  yield ['shipping.address.city', draft.shipTo.city ?? ''];
}

const notHeld = (order: string, field: string): Error =>
  stop(order, {
    reason: 'badText',
    field,
    what: 'it has a character that the Counterpoint database cannot hold, and textPolicy is "reject"',
    remedy: 'Correct the text in the shop, or set counterpoint.textPolicy to transliterate, then retry.',
  });

const nothingLeft = (order: string, field: string): Error =>
  stop(order, {
    reason: 'badText',
    field,
    what: 'nothing of it could be read in the Counterpoint database: it has no letter or figure that the database can hold',
    remedy: 'Write this field in Latin letters in the shop, then retry.',
  });
