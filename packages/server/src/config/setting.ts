/** What became of one setting's text: its value, or what is wrong with it and how to put it right. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string; mend: string };

/** One setting of the server, as code and as documentation. */
export type Setting<T> = {
  /** The environment variable. */
  name: `WHORL_${string}`;
  /** Text that stands in where the variable is missing or empty; null where nothing does. */
  default: string | null;
  /** The form of the text, for people. */
  form: string;
  description: string;
  /** The text is never repeated in faults, logs or help. */
  secret: boolean;
  /** The value of a setting that is missing and has no default. */
  absent: T;
  parse: (text: string) => Parsed<T>;
};

/** A parser of one setting's text together with the words for the form that it takes. */
export type TextForm<T> = { form: string; parse: (text: string) => Parsed<T> };

/** A setting that always has a value. */
export const settingWithDefault = <T>(
  name: Setting<T>['name'],
  { form, parse }: TextForm<T>,
  fallback: string,
  description: string,
): Setting<T> => {
  const parsed = parse(fallback);
  // A default that its own parser refuses is a mistake in the registry, not of the operator.
  if (!parsed.ok) throw new Error(`default of ${name}: ${parsed.problem}`);
  return { name, default: fallback, form, description, secret: false, absent: parsed.value, parse };
};

/** A setting that may be missing, then null. */
export const optionalSetting = <T>(
  name: Setting<T>['name'],
  { form, parse }: TextForm<T>,
  description: string,
  { secret = false } = {},
): Setting<T | null> => ({ name, default: null, form, description, secret, absent: null, parse });
