import { carriesMarker, formatMarker, parseMarker } from '../../../domain/shop/marker';

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';

describe('the marker that ties an invoice or shipment to a release ticket', () => {
  test('it names the ticket and its DOC_GUID in braces', () => {
    expect(formatMarker({ no: '100000012-01', guid: GUID.toLowerCase() })).toBe(
      `Counterpoint ticket 100000012-01 {${GUID}}`,
    );
  });

  test('it is read back from among other comments and whatever people wrote around it', () => {
    const comments = [
      'Thank you',
      `see Counterpoint ticket 100000012-01 {${GUID.toLowerCase()}} (checked)`,
      'Counterpoint ticket 9-01 {AB}',
    ];
    expect(parseMarker(comments)).toEqual({ no: '100000012-01', guid: GUID });
    expect(carriesMarker(comments, { no: 'renamed', guid: GUID })).toBe(true);
  });

  test('a comment that only mentions a ticket is no marker', () => {
    expect(parseMarker(['Counterpoint ticket 100000012-01', 'ticket {AB}'])).toBeNull();
  });
});
