/** The error of a class that an attempt must fail with. Throws where the attempt succeeds, or fails with another. */
export const errorOf = async <E extends Error>(
  attempt: Promise<unknown>,
  kind: abstract new (...args: never[]) => E,
): Promise<E> => {
  const error = await attempt.then(
    () => 'success',
    (reason: unknown) => reason,
  );
  if (!(error instanceof kind)) throw new Error(`expected a ${kind.name}, not ${String(error)}`);
  return error;
};
