/**
 * Whether a function is a proxy around another, which prints as native code whatever it does. An ordinary function
 * refuses a prototype that leads back to itself; the search for such circles ends at a proxy (ECMA-262, 10.1.2.1), so that
 * one takes it, and is given its own back at once.
 */
export const isProxy = (method: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(method);
  try {
    Object.setPrototypeOf(method, Object.create(method) as object);
  } catch {
    return false;
  }
  Object.setPrototypeOf(method, prototype as object | null);
  return true;
};
