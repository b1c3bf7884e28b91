import { isFields, type Fields } from '../json';

/** What `fields=` asks for: names, each with what is asked for inside it. */
type Wanted = Map<string, Wanted | null>;

const parse = (text: string): Wanted => {
  let at = 0;
  const level = (): Wanted => {
    const wanted: Wanted = new Map();
    let name = '';
    for (; at < text.length; at += 1) {
      const char = text[at] ?? '';
      if (char === '[') {
        at += 1;
        wanted.set(name.trim(), level());
        name = '';
      } else if (char === ']' || char === ',') {
        if (name.trim() !== '') wanted.set(name.trim(), null);
        name = '';
        if (char === ']') return wanted;
      } else name += char;
    }
    if (name.trim() !== '') wanted.set(name.trim(), null);
    return wanted;
  };
  return level();
};

const pick = (value: unknown, wanted: Wanted): unknown => {
  // An empty list under `fields=items[…]` comes as null (contract §1).
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item: unknown) => pick(item, wanted));
  if (!isFields(value)) return value;
  const result: Fields = {};
  for (const [name, inside] of wanted) {
    if (name in value) result[name] = inside ? pick(value[name], inside) : value[name];
  }
  return result;
};

/** Trims an answer to `fields=…`; it never changes what is looked up. */
export const trimFields = (body: unknown, fields: unknown): unknown =>
  typeof fields === 'string' && fields !== '' && (isFields(body) || Array.isArray(body))
    ? pick(body, parse(fields))
    : body;
