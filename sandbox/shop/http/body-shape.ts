import { asNumber, isFields, type Fields } from '../json';
import { applicationBroken, unknownField, wrongType } from './refusals';

/** The shape an endpoint's argument has; `free` takes anything. */
export type Shape =
  | 'int'
  | 'number'
  | 'string'
  | 'bool'
  | 'free'
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const checkScalar = (value: unknown, shape: 'int' | 'number' | 'string' | 'bool', name: string): unknown => {
  const expected = shape === 'number' ? 'float' : shape;
  switch (shape) {
    case 'int': {
      const number = asNumber(value);
      if (number === undefined || !Number.isInteger(number)) throw wrongType(name, value, expected);
      return number;
    }
    case 'number': {
      const number = asNumber(value);
      if (number === undefined) throw wrongType(name, value, expected);
      return number;
    }
    case 'string':
      if (typeof value !== 'string' && typeof value !== 'number') throw wrongType(name, value, expected);
      return String(value);
    case 'bool':
      return value === true || value === 1 || value === '1' || value === 'true';
  }
};

/**
 * Reads a value by its shape, names in snake_case or camelCase, as the shop's own deserialiser does (contract §1.1).
 *
 * @throws Refusal 400 on an unknown nested field or a wrong type, 500 in plain text on a scalar where a list is due
 */
const read = (value: unknown, shape: Shape, name: string): unknown => {
  if (shape === 'free' || value === null) return value;
  if (typeof shape === 'string') return checkScalar(value, shape, name);
  if ('list' in shape) {
    const items = Array.isArray(value) ? (value as unknown[]) : isFields(value) ? Object.values(value) : undefined;
    if (!items) throw applicationBroken();
    return items.map((item) => read(item, shape.list, name));
  }
  if (!isFields(value)) throw applicationBroken();
  const result: Fields = {};
  for (const [key, inner] of Object.entries(value)) {
    const known = shape.fields[snake(key)];
    if (known === undefined) throw unknownField(snake(key));
    result[snake(key)] = read(inner, known, snake(key));
  }
  return result;
};

/** Reads the arguments of a call; unknown ones at the top are ignored, nested ones are not. */
export const readArguments = (body: unknown, shapes: Readonly<Record<string, Shape>>): Fields => {
  const given = isFields(body) ? body : {};
  const result: Fields = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = given[name] ?? given[snake(name)];
    if (value !== undefined) result[name] = read(value, shape, name);
  }
  return result;
};
